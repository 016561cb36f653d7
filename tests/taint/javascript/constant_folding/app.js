// Constants that are computed, and values that prove to be one.
const express = require('express');
const { Pool } = require('pg');

const app = express();
const pool = new Pool();
app.use(express.json());

const PARTS = ['items', 'orders'];
const TABLES = { first: 'items', second: 'orders' };
const ORDER = 'name' + ' ' + 'DESC';

app.get('/computed', async (req, res) => {
  await pool.query('SELECT id FROM ' + PARTS[0] + ' ORDER BY ' + ORDER); // safe: javascript-sql-injection
  await pool.query(`SELECT id FROM ${TABLES.second.toUpperCase()}`); // safe: javascript-sql-injection
  await pool.query(['SELECT', 'id', 'FROM', PARTS[1]].join(' ')); // safe: javascript-sql-injection
  await pool.query(`SELECT id FROM ${TABLES[req.query.table]}`); // safe: javascript-sql-injection
  res.end();
});

app.get('/picked', async (req, res) => {
  const bar = 'ABC';
  let name = 'x';
  switch (bar.charAt(1)) {
    case 'A':
      name = req.query.name;
      break;
    case 'B':
      name = 'bob';
      break;
    default:
      name = req.query.name;
  }
  await pool.query("SELECT id FROM items WHERE name = '" + name + "'"); // safe: javascript-sql-injection
  res.end();
});

app.get('/length', async (req, res) => {
  const words = ['a', 'b'];
  const name = words.length === 2 ? req.query.name : 'chair';
  await pool.query("SELECT id FROM items WHERE name = '" + name + "'"); // vuln: javascript-sql-injection
  res.end();
});

app.get('/mixed', async (req, res) => {
  const text = 'SELECT id FROM items WHERE name = ' + "'" + req.query.name.slice(0, 10) + "'";
  await pool.query(text); // vuln: javascript-sql-injection
  await pool.query(text.slice(0, 20)); // safe: javascript-sql-injection
  res.end();
});
