const { Pool } = require('pg');

const pool = new Pool();

module.exports = {
  find: (name) => pool.query(`SELECT id FROM items WHERE name = '${name}'`), // vuln: javascript-sql-injection
  notes: (note) => pool.query(`SELECT id FROM notes WHERE text = '${note}'`), // vuln: javascript-sql-injection
};
