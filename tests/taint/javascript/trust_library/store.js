const mysql = require('mysql2');

class Store {
  constructor(options) {
    this.handle = mysql.createConnection({ host: options.host });
  }

  find(name) {
    return this.handle.query(`SELECT id FROM items WHERE name = '${name}'`); // vuln: javascript-sql-injection [library]
  }

  page(size) {
    return this.handle.query(`SELECT id FROM items LIMIT ${Number(size)}`); // safe: javascript-sql-injection [library]
  }

  each(names, use) {
    names.forEach((name) => {
      this.handle.query(`SELECT id FROM items WHERE note = '${name}'`, use); // vuln: javascript-sql-injection [library]
    });
  }
}

exports.Store = Store;
