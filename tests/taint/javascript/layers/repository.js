const { Pool } = require('pg');

class ItemRepository {
  constructor() {
    this.pool = new Pool();
  }

  async byName(name) {
    const { rows } = await this.pool.query(`SELECT id FROM items WHERE name = '${name}'`); // vuln: javascript-sql-injection
    return rows;
  }

  async byId(number) {
    return (await this.pool.query(`SELECT name FROM items WHERE id = ${number}`)).rows; // safe: javascript-sql-injection
  }

  async sortedBy(column) {
    return (await this.pool.query('SELECT id FROM items ORDER BY ' + column)).rows; // safe: javascript-sql-injection
  }

  note(entry) {
    return this.pool.query(`INSERT INTO notes VALUES ('${entry.text}', '${entry.kind}')`); // vuln: javascript-sql-injection
  }

  kind(entry) {
    return this.pool.query(`INSERT INTO kinds VALUES ('${entry.kind}')`); // safe: javascript-sql-injection
  }
}

module.exports = { ItemRepository };
