const { Pool } = require('pg');

const main = require('./app');

const pool = new Pool();

exports.find = (name) => pool.query("SELECT id FROM items WHERE name = '" + name + "'"); // vuln: javascript-sql-injection

exports.fixed = () => pool.query("SELECT id FROM items WHERE name = '" + main.prefix() + "'"); // safe: javascript-sql-injection
