const { Pool } = require('pg');

const pool = new Pool();

exports.look = (name) => pool.query('SELECT id FROM items WHERE name = $1', [name]); // safe: javascript-sql-injection
