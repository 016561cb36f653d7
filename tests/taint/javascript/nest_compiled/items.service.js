"use strict";
var ItemsService_1;
Object.defineProperty(exports, "__esModule", { value: true });
exports.ItemsService = void 0;
const tslib_1 = require("tslib");
const common_1 = require("@nestjs/common");
const typeorm_1 = require("@nestjs/typeorm");
const typeorm_2 = require("typeorm");
let ItemsService = ItemsService_1 = class ItemsService {
    constructor(source) {
        this.source = source;
    }
    find(name) {
        return this.source.query(`SELECT id FROM items WHERE name = '${name}'`); // vuln: javascript-sql-injection
    }
    byId(id) {
        return this.source.query(`SELECT id FROM items WHERE id = ${id}`); // safe: javascript-sql-injection
    }
    page(number) {
        return this.source.query(`SELECT id FROM items LIMIT 20 OFFSET ${number}`); // vuln: javascript-sql-injection
    }
    async create(dto, trace) {
        await this.source.query('INSERT INTO items VALUES ($1, $2)', [dto.name, trace]); // safe: javascript-sql-injection
        return ItemsService_1.log(this.source, dto.name, trace);
    }
    static log(source, name, trace) {
        return source.query(`INSERT INTO log VALUES ('${name}', '${trace}')`); // vuln: javascript-sql-injection
    }
    count(text) {
        return this.source.query(`SELECT count(*) FROM items WHERE note = '${text}'`); // safe: javascript-sql-injection
    }
};
exports.ItemsService = ItemsService;
exports.ItemsService = ItemsService = ItemsService_1 = tslib_1.__decorate([
    (0, common_1.Injectable)(),
    tslib_1.__param(0, (0, typeorm_1.InjectDataSource)()),
    tslib_1.__metadata("design:paramtypes", [typeorm_2.DataSource])
], ItemsService);
