import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';

import { ItemDto } from './item.dto';

@Injectable()
export class ItemsService {
  constructor(@InjectDataSource() private readonly source: DataSource) {}

  find(name: string) {
    return this.source.query(`SELECT id FROM items WHERE name = '${name}'`); // vuln: javascript-sql-injection
  }

  sorted(order: string) {
    return this.source.query(`SELECT id FROM items ORDER BY ${order}`); // vuln: javascript-sql-injection
  }

  byId(id: number) {
    return this.source.query(`SELECT id FROM items WHERE id = ${id}`); // safe: javascript-sql-injection
  }

  async create(dto: ItemDto, trace: string) {
    await this.source.query('INSERT INTO items VALUES ($1, $2)', [dto.name, trace]); // safe: javascript-sql-injection
    return this.source.query(`INSERT INTO log VALUES ('${dto.name}', '${trace}')`); // vuln: javascript-sql-injection
  }

  note(text: string) {
    return this.source.query(`INSERT INTO notes VALUES ('${text}')`); // vuln: javascript-sql-injection
  }

  count(text: string) {
    return this.source.query(`SELECT count(*) FROM items WHERE note = '${text}'`); // safe: javascript-sql-injection
  }
}
