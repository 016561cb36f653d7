"use strict";
// NestJS as TypeScript compiles it: decorators stand behind the class, and types are said by metadata.
var __decorate = (this && this.__decorate) || function (decorators, target, key, desc) {
    for (var i = decorators.length - 1; i >= 0; i--) desc = decorators[i](target, key, desc) || desc;
    return desc;
};
var __metadata = (this && this.__metadata) || function (k, v) { return Reflect.metadata(k, v); };
var __param = (this && this.__param) || function (index, decorator) {
    return function (target, key) { decorator(target, key, index); };
};
Object.defineProperty(exports, "__esModule", { value: true });
exports.ItemsController = void 0;
const common_1 = require("@nestjs/common");
const item_dto_1 = require("./item.dto");
const items_service_1 = require("./items.service");
let ItemsController = class ItemsController {
    constructor(items) {
        this.items = items;
    }
    find(name) {
        return this.items.find(name);
    }
    byId(id) {
        return this.items.byId(id);
    }
    page(number) {
        return this.items.page(number);
    }
    create(dto, trace) {
        return this.items.create(dto, trace);
    }
    go(to, res) {
        return res.redirect(to); // vuln: javascript-open-redirect
    }
    static helper(text, res) {
        return res.redirect(text); // safe: javascript-open-redirect
    }
};
exports.ItemsController = ItemsController;
__decorate([
    (0, common_1.Get)(),
    __param(0, (0, common_1.Query)('name')),
    __metadata("design:type", Function),
    __metadata("design:paramtypes", [String]),
    __metadata("design:returntype", void 0)
], ItemsController.prototype, "find", null);
__decorate([
    (0, common_1.Get)(':id'),
    __param(0, (0, common_1.Param)('id', common_1.ParseIntPipe)),
    __metadata("design:type", Function),
    __metadata("design:paramtypes", [Object]),
    __metadata("design:returntype", void 0)
], ItemsController.prototype, "byId", null);
__decorate([
    (0, common_1.Get)('page/:number'),
    __param(0, (0, common_1.Param)('number')),
    __metadata("design:type", Function),
    __metadata("design:paramtypes", [Number]),
    __metadata("design:returntype", void 0)
], ItemsController.prototype, "page", null);
__decorate([
    (0, common_1.Post)(),
    __param(0, (0, common_1.Body)()),
    __param(1, (0, common_1.Headers)('x-trace')),
    __metadata("design:type", Function),
    __metadata("design:paramtypes", [item_dto_1.ItemDto, String]),
    __metadata("design:returntype", void 0)
], ItemsController.prototype, "create", null);
__decorate([
    (0, common_1.Get)('go'),
    __param(0, (0, common_1.Query)('to')),
    __param(1, (0, common_1.Res)()),
    __metadata("design:type", Function),
    __metadata("design:paramtypes", [String, Object]),
    __metadata("design:returntype", void 0)
], ItemsController.prototype, "go", null);
exports.ItemsController = ItemsController = __decorate([
    (0, common_1.Controller)('items'),
    __metadata("design:paramtypes", [typeof (_a = typeof items_service_1.ItemsService !== "undefined" && items_service_1.ItemsService) === "function" ? _a : Object])
], ItemsController);
var _a;
