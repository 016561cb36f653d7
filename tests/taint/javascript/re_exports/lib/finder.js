import { Pool } from 'pg';

export default class Finder {
  constructor() {
    this.pool = new Pool();
  }

  run(name) {
    return this.pool.query(`SELECT id FROM items WHERE note = '${name}'`); // vuln: javascript-sql-injection
  }
}
