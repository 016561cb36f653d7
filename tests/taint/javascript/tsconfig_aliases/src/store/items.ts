import { Pool } from 'pg';

export class Items {
  private readonly pool = new Pool();

  constructor(private readonly table: string) {}

  find(name: string) {
    return this.pool.query(`SELECT id FROM ${this.table} WHERE name = '${name}'`); // vuln: javascript-sql-injection
  }

  count(name: string) {
    return this.pool.query(`SELECT count(*) FROM ${this.table} WHERE name = $1`, [name]); // safe: javascript-sql-injection
  }
}
