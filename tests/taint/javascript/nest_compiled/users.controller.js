// The same as esbuild writes it.
import { Controller, Get, Query } from "@nestjs/common";
import { readFileSync } from "fs";
var __decorateClass = (decorators, target, key, kind) => decorators.reduce((held, one) => one(target, key, held) || held, target);
var __decorateParam = (index, decorator) => (target, key) => decorator(target, key, index);
let UsersController = class {
  picture(name) {
    return readFileSync("/srv/pictures/" + name); // vuln: javascript-path-traversal
  }
  other(name) {
    return readFileSync("/srv/pictures/" + name); // safe: javascript-path-traversal
  }
};
__decorateClass([
  Get("picture"),
  __decorateParam(0, Query("name"))
], UsersController.prototype, "picture", 1);
UsersController = __decorateClass([
  Controller("users")
], UsersController);
export {
  UsersController
};
