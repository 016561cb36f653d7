// How functions become handlers: in every way that Express knows; and functions that are none.
const express = require('express');
const { Pool } = require('pg');
const { show } = require('./handlers');

const app = express();
const router = express.Router();
const pool = new Pool();

app.get('/inline', (req, res) => pool.query(`SELECT ${req.query.a}`, () => res.end())); // vuln: javascript-sql-injection
app.post('/show', show);
app.all('/all', [first, second]);
app.route('/route').get(routed).delete(routed);
router.use(checked);
router.param('id', byId);
app.use('/sub', router);
app.use((error, req, res, next) => {
  pool.query(`INSERT INTO log VALUES ('${req.originalUrl}')`, () => next(error)); // vuln: javascript-sql-injection
});

function first(req, res, next) {
  pool.query(`SELECT ${req.headers['x-column']}`); // vuln: javascript-sql-injection
  next();
}

function second(req, res) {
  pool.query(`SELECT ${req.params.column}`, () => res.end()); // vuln: javascript-sql-injection
}

function routed(req, res) {
  pool.query(`SELECT ${req.cookies.column}`, () => res.end()); // vuln: javascript-sql-injection
}

function checked(req, res, next) {
  pool.query('SELECT 1 FROM bans WHERE ip = $1', [req.ip], next); // safe: javascript-sql-injection
}

function byId(req, res, next, id) {
  pool.query(`SELECT name FROM items WHERE id = '${id}'`, next); // vuln: javascript-sql-injection
}

function never(req, res) {
  pool.query(`SELECT ${req.query.b}`, () => res.end()); // safe: javascript-sql-injection
}

function local(query) {
  return pool.query(`SELECT ${query.column}`); // safe: javascript-sql-injection
}

local({ column: 'id' });
