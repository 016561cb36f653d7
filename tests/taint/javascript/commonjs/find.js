const pool = new (require('pg').Pool)();

module.exports = (name) => pool.query(`SELECT id FROM items WHERE name = '${name}'`); // vuln: javascript-sql-injection
