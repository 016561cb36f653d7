const { Pool } = require('pg');

class Store {
  constructor() {
    this.pool = new Pool();
    this.name = 'chair';
    this.table = 'items';
  }

  keep(name) {
    this.name = name;
  }

  async find() {
    await this.pool.query(`SELECT id FROM ${this.table}`); // safe: javascript-sql-injection
    return this.pool.query(`SELECT id FROM items WHERE name = '${this.name}'`); // vuln: javascript-sql-injection
  }
}

exports.store = new Store();
exports.registry = new Map();
