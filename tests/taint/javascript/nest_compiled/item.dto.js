"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.ItemDto = void 0;
const tslib_1 = require("tslib");
const class_validator_1 = require("class-validator");
class ItemDto {
}
exports.ItemDto = ItemDto;
tslib_1.__decorate([
    (0, class_validator_1.IsString)(),
    tslib_1.__metadata("design:type", String)
], ItemDto.prototype, "name", void 0);
tslib_1.__decorate([
    (0, class_validator_1.IsInt)(),
    tslib_1.__metadata("design:type", Number)
], ItemDto.prototype, "price", void 0);
