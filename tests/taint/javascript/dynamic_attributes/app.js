// Properties by constant names in brackets, Reflect, Object.defineProperty.
const express = require('express');
const { Pool } = require('pg');

const app = express();
const pool = new Pool();
app.use(express.json());

app.get('/brackets', async (req, res) => {
  const query = req['query'];
  await pool['query'](`SELECT id FROM items WHERE name = '${query['name']}'`); // vuln: javascript-sql-injection
  await pool['query']('SELECT id FROM items WHERE name = $1', [query['name']]); // safe: javascript-sql-injection
  res.end();
});

app.get('/reflect', async (req, res) => {
  const values = { fixed: 'chair' };
  Reflect.set(values, 'name', req.query.name);
  await pool.query(`SELECT id FROM items WHERE name = '${Reflect.get(values, 'name')}'`); // vuln: javascript-sql-injection
  await pool.query(`SELECT id FROM items WHERE name = '${Reflect.get(values, 'fixed')}'`); // safe: javascript-sql-injection
  res.end();
});

app.get('/defined', async (req, res) => {
  const values = {};
  Object.defineProperty(values, 'name', { value: req.query.name, enumerable: true });
  await pool.query(`SELECT id FROM items WHERE name = '${values.name}'`); // vuln: javascript-sql-injection
  res.end();
});

const KEY = 'name';

app.get('/constant-name', async (req, res) => {
  const values = { other: 'chair' };
  values[KEY] = req.query[KEY];
  await pool.query(`SELECT id FROM items WHERE name = '${values.name}'`); // vuln: javascript-sql-injection
  await pool.query(`SELECT id FROM items WHERE name = '${values.other}'`); // safe: javascript-sql-injection
  res.end();
});
