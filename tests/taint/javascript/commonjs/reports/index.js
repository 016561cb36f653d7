const { Pool } = require('pg');

const names = require('./names.json');

const pool = new Pool();

module.exports = {
  monthly(month) {
    return pool.query(`SELECT id FROM reports WHERE month = '${month}'`); // vuln: javascript-sql-injection
  },
  yearly: (year) => pool.query('SELECT id FROM reports WHERE year = $1', [year]), // safe: javascript-sql-injection
  names: () => pool.query(`SELECT id FROM reports WHERE name = '${names.first}'`), // safe: javascript-sql-injection
};
