const { Pool } = require('pg');

const pool = new Pool();

exports.look = (name) => pool.query("SELECT id FROM items WHERE name = '" + name + "'"); // vuln: javascript-sql-injection
