// Classes over several files: inherited constructors, overridden methods, template methods.
const { Pool } = require('pg');

class Repository {
  constructor(table) {
    this.table = table;
    this.pool = new Pool();
  }

  where() {
    return '1 = 1';
  }

  find(name) {
    return this.pool.query(`SELECT id FROM ${this.table} WHERE ${this.where(name)}`); // vuln: javascript-sql-injection
  }

  count(name) {
    return this.pool.query(`SELECT count(*) FROM ${this.table}`, [name]); // safe: javascript-sql-injection
  }
}

module.exports = Repository;
