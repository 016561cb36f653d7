const { Pool } = require('pg');

const pool = new Pool();

exports.find = (name) => pool.query(`SELECT id FROM items WHERE name = '${name}'`); // vuln: javascript-sql-injection
exports.count = (name) => pool.query('SELECT count(*) FROM items WHERE name = $1', [name]); // safe: javascript-sql-injection
