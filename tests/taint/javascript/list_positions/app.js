// Arrays whose positions are told apart.
const express = require('express');
const { Pool } = require('pg');

const app = express();
const pool = new Pool();
app.use(express.json());

app.get('/positions', async (req, res) => {
  const values = ['items', req.query.name];
  await pool.query(`SELECT id FROM ${values[0]}`); // safe: javascript-sql-injection
  await pool.query(`SELECT id FROM items WHERE name = '${values[1]}'`); // vuln: javascript-sql-injection
  values[1] = 'chair';
  await pool.query(`SELECT id FROM items WHERE name = '${values[1]}'`); // safe: javascript-sql-injection
  res.end();
});

app.get('/push', async (req, res) => {
  const values = ['items'];
  values.push(req.query.name);
  values.push('name');
  await pool.query(`SELECT id FROM ${values[0]} ORDER BY ${values[2]}`); // safe: javascript-sql-injection
  await pool.query(`SELECT id FROM items WHERE name = '${values[1]}'`); // vuln: javascript-sql-injection
  res.end();
});

app.get('/shift', async (req, res) => {
  const values = ['safe', req.query.name, 'also safe'];
  values.shift();
  await pool.query(`SELECT id FROM items WHERE name = '${values[0]}'`); // vuln: javascript-sql-injection
  await pool.query(`SELECT id FROM items WHERE name = '${values[1]}'`); // safe: javascript-sql-injection
  res.end();
});

app.get('/pop', async (req, res) => {
  const values = [req.query.name, 'chair'];
  await pool.query(`SELECT id FROM items WHERE name = '${values.pop()}'`); // safe: javascript-sql-injection
  await pool.query(`SELECT id FROM items WHERE name = '${values.pop()}'`); // vuln: javascript-sql-injection
  res.end();
});

app.get('/unknown', async (req, res) => {
  const values = ['chair', req.query.name];
  await pool.query(`SELECT id FROM items WHERE name = '${values[Number(req.query.index)]}'`); // vuln: javascript-sql-injection
  const known = ['chair', 'table'];
  await pool.query(`SELECT id FROM items WHERE name = '${known[Number(req.query.index)]}'`); // safe: javascript-sql-injection
  res.end();
});
