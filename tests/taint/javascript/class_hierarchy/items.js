const Repository = require('./base');

class Items extends Repository {
  constructor() {
    super('items');
  }

  where(name) {
    return `name = '${name}'`;
  }

  last(name) {
    const clause = super.where(name);
    return this.pool.query(`SELECT id FROM items WHERE ${clause}`); // safe: javascript-sql-injection
  }

  first(name) {
    return this.pool.query(`SELECT id FROM items WHERE ${this.where(name)} LIMIT 1`); // vuln: javascript-sql-injection
  }
}

module.exports = { Items };
