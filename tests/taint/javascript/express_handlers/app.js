// What Express hands to handlers: each part of a request, routers, middleware, error handlers.
const express = require('express');
const { Pool } = require('pg');

const app = express();
const pool = new Pool();
app.use(express.json());

app.all('/parts/:id', (req, res) => {
  pool.query(`SELECT ${req.params.id}`); // vuln: javascript-sql-injection
  pool.query(`SELECT ${req.query.a}`); // vuln: javascript-sql-injection
  pool.query(`SELECT ${req.body.a}`); // vuln: javascript-sql-injection
  pool.query(`SELECT ${req.headers['x-a']}`); // vuln: javascript-sql-injection
  pool.query(`SELECT ${req.get('x-a')}`); // vuln: javascript-sql-injection
  pool.query(`SELECT ${req.header('x-a')}`); // vuln: javascript-sql-injection
  pool.query(`SELECT ${req.cookies.a}`); // vuln: javascript-sql-injection
  pool.query(`SELECT ${req.originalUrl}`); // vuln: javascript-sql-injection
  pool.query(`SELECT ${req.path}`); // vuln: javascript-sql-injection
  pool.query(`SELECT ${req.hostname}`); // vuln: javascript-sql-injection
  pool.query(`SELECT '${req.method}'`); // safe: javascript-sql-injection
  pool.query(`SELECT '${req.ip}'`); // safe: javascript-sql-injection
  pool.query(`SELECT '${req.secure}'`); // safe: javascript-sql-injection
  pool.query(`SELECT '${req.app.get('title')}'`); // safe: javascript-sql-injection
  res.end();
});

const admin = express.Router({ mergeParams: true });

admin.use((req, res, next) => {
  req.filter = req.query.filter;
  next();
});

admin
  .route('/users')
  .get(async (req, res) => res.json(await pool.query(`SELECT ${req.filter}`))) // vuln: javascript-sql-injection
  .post(async (req, res) => res.json(await pool.query('SELECT $1', [req.body.name]))); // safe: javascript-sql-injection

const wrap = (handler) => (req, res, next) => Promise.resolve(handler(req, res, next)).catch(next);

admin.get('/wrapped', wrap(async (req, res) => {
  res.json(await pool.query(`SELECT ${req.query.column} FROM users`)); // vuln: javascript-sql-injection
}));

app.use('/admin', admin);
