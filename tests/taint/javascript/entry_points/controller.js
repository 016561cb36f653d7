// Handlers that another program registers: nothing but their parameters' names says what they are.
const mysql = require('mysql2');

const pool = mysql.createPool({ host: 'db' });

exports.find = (req, res) => {
  pool.query(`SELECT ${req.query.column} FROM items`, () => res.end()); // vuln: javascript-sql-injection
  pool.query('SELECT name FROM items WHERE id = ?', [req.query.id], () => res.end()); // safe: javascript-sql-injection
};

exports.logged = (table) => (req, res, next) => {
  pool.query(`INSERT INTO ${table} VALUES ('${req.headers.referer}')`, next); // vuln: javascript-sql-injection
};

exports.items = {
  async list(ctx) {
    ctx.body = await pool.query(`SELECT ${ctx.query.column} FROM items`); // vuln: javascript-sql-injection
  },
};

exports.drawn = (ctx) => pool.query(`SELECT ${ctx.column} FROM items`); // safe: javascript-sql-injection
