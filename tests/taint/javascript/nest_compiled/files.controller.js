// The same as SWC writes it.
import { Controller, Get, Param, Query } from "@nestjs/common";
import { readFileSync } from "fs";
function _ts_decorate(decorators, target, key, desc) {
    for (var i = decorators.length - 1; i >= 0; i--) desc = decorators[i](target, key, desc) || desc;
    return desc;
}
function _ts_param(paramIndex, decorator) {
    return function(target, key) {
        decorator(target, key, paramIndex);
    };
}
export class FilesController {
    read(name) {
        return readFileSync("/srv/files/" + name, "utf8"); // vuln: javascript-path-traversal
    }
    first() {
        return this.read("first.txt");
    }
}
_ts_decorate([
    Get(":name"),
    _ts_param(0, Query("name"))
], FilesController.prototype, "read", null);
FilesController = _ts_decorate([
    Controller("files")
], FilesController);
