// bind, call and apply: of the program's functions and of libraries'.
const express = require('express');
const { Pool } = require('pg');

const app = express();
const pool = new Pool();
app.use(express.json());
const { exec } = require('child_process');

function clause(column, value) {
  return `${column} = '${value}'`;
}

function described(name) {
  return `${this.table} ${name}`;
}

const named = clause.bind(null, 'name');
const run = pool.query.bind(pool);
const list = exec.bind(null, 'ls -l');

app.get('/bind', async (req, res) => {
  await pool.query(`SELECT id FROM items WHERE ${named(req.query.name)}`); // vuln: javascript-sql-injection
  await pool.query(`SELECT id FROM items WHERE ${named('chair')}`); // safe: javascript-sql-injection
  await run(`SELECT id FROM items WHERE name = '${req.query.name}'`); // vuln: javascript-sql-injection
  list(() => req.query.name); // safe: javascript-command-injection
  res.end();
});

app.get('/call', async (req, res) => {
  await pool.query(`SELECT id FROM items WHERE ${clause.call(null, 'name', req.query.name)}`); // vuln: javascript-sql-injection
  await pool.query.call(pool, `SELECT id FROM items WHERE name = '${req.query.name}'`); // vuln: javascript-sql-injection
  await pool.query(`SELECT id FROM ${described.call({ table: 'items' }, 'WHERE sold')}`); // safe: javascript-sql-injection
  await pool.query(`SELECT id FROM ${described.call({ table: req.query.table }, '')}`); // vuln: javascript-sql-injection
  exec.call(null, `ls ${req.query.name}`); // vuln: javascript-command-injection
  res.end();
});

app.get('/apply', async (req, res) => {
  await pool.query(`SELECT id FROM items WHERE ${clause.apply(null, ['name', req.query.name])}`); // vuln: javascript-sql-injection
  await pool.query(`SELECT id FROM items WHERE ${clause.apply(null, ['name', 'chair'])}`); // safe: javascript-sql-injection
  await pool.query(`SELECT id FROM items LIMIT ${Math.max.apply(null, req.query.ids)}`); // safe: javascript-sql-injection
  const found = [];
  Array.prototype.push.apply(found, req.query.names);
  await pool.query(`SELECT id FROM items WHERE name = '${found[0]}'`); // vuln: javascript-sql-injection
  await Reflect.apply(pool.query, pool, [`SELECT id FROM items WHERE note = '${req.query.note}'`]); // vuln: javascript-sql-injection
  res.end();
});
