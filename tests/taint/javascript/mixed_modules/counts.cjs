const { Pool } = require('pg');

const pool = new Pool();

exports.count = (name) => pool.query('SELECT count(*) FROM items WHERE name = $1', [name]); // safe: javascript-sql-injection
