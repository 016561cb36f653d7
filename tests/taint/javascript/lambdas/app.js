// Functions without a name: arrows with and without a body, kept in variables, immediately called, as keys of a sort.
const express = require('express');
const { Pool } = require('pg');

const app = express();
const pool = new Pool();
app.use(express.json());

const statement = (name) => `SELECT id FROM items WHERE name = '${name}'`;
const size = (name) => `SELECT id FROM items LIMIT ${name.length}`;
const wrapped = (name) => ({ text: statement(name), table: 'items' });
const nothing = () => {};

app.get('/arrow', async (req, res) => {
  await pool.query(statement(req.query.name)); // vuln: javascript-sql-injection
  await pool.query(size(req.query.name)); // safe: javascript-sql-injection
  await pool.query(wrapped(req.query.name).text); // vuln: javascript-sql-injection
  await pool.query(`SELECT id FROM ${wrapped(req.query.name).table}`); // safe: javascript-sql-injection
  await pool.query(`SELECT ${nothing(req.query.name)} FROM items`); // safe: javascript-sql-injection
  res.end();
});

app.get('/anonymous', async function (req, res) {
  const run = async function (text) {
    return pool.query(text); // vuln: javascript-sql-injection
  };
  await run(`SELECT id FROM items WHERE name = '${req.query.name}'`);
  res.end();
});

app.get('/sorted', async (req, res) => {
  const names = req.query.names.split(',').sort((first, second) => first.localeCompare(second));
  await pool.query(`SELECT id FROM items WHERE name = '${names[0]}'`); // vuln: javascript-sql-injection
  res.end();
});
