// Objects whose keys are told apart.
const express = require('express');
const { Pool } = require('pg');

const app = express();
const pool = new Pool();
app.use(express.json());

app.get('/keys', async (req, res) => {
  const values = { name: req.query.name, table: 'items' };
  await pool.query(`SELECT id FROM ${values.table}`); // safe: javascript-sql-injection
  await pool.query(`SELECT id FROM ${values['table']} WHERE name = '${values['name']}'`); // vuln: javascript-sql-injection
  values.name = 'chair';
  await pool.query(`SELECT id FROM items WHERE name = '${values.name}'`); // safe: javascript-sql-injection
  values['note'] = req.query.note;
  await pool.query(`SELECT id FROM items WHERE note = '${values.note}'`); // vuln: javascript-sql-injection
  delete values.note;
  res.end();
});

app.get('/computed', async (req, res) => {
  const KEY = 'column';
  const values = { [KEY]: req.query.column, ['table']: 'items' };
  await pool.query(`SELECT ${values.column} FROM items`); // vuln: javascript-sql-injection
  await pool.query(`SELECT id FROM ${values.table}`); // safe: javascript-sql-injection
  res.end();
});

app.get('/shorthand', async (req, res) => {
  const name = req.query.name;
  const table = 'items';
  const both = { name, table };
  await pool.query(`SELECT id FROM ${both.table}`); // safe: javascript-sql-injection
  await pool.query(`SELECT id FROM items WHERE name = '${both.name}'`); // vuln: javascript-sql-injection
  res.end();
});

app.get('/unknown-key', async (req, res) => {
  const values = {};
  values[req.query.key] = req.query.value;
  await pool.query(`SELECT id FROM items WHERE name = '${values.name}'`); // vuln: javascript-sql-injection
  res.end();
});
