const { Pool } = require('pg');

const pool = new Pool();

exports.page = (order) => pool.query(`SELECT id FROM items ORDER BY ${order}`); // vuln: javascript-sql-injection
