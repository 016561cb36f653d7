// Assignments inside of expressions, the comma operator, increments.
const express = require('express');
const { Pool } = require('pg');

const app = express();
const pool = new Pool();
app.use(express.json());

app.get('/condition', async (req, res) => {
  let name;
  if ((name = req.query.name)) {
    await pool.query(`SELECT id FROM items WHERE name = '${name}'`); // vuln: javascript-sql-injection
  }
  res.end();
});

app.get('/chained', async (req, res) => {
  let first;
  let second;
  first = second = req.query.name;
  await pool.query(`SELECT id FROM items WHERE name IN ('${first}', '${second}')`); // vuln: javascript-sql-injection
  first = second = 'chair';
  await pool.query(`SELECT id FROM items WHERE name IN ('${first}', '${second}')`); // safe: javascript-sql-injection
  res.end();
});

app.get('/comma', async (req, res) => {
  const name = (req.query.other, 'chair');
  await pool.query(`SELECT id FROM items WHERE name = '${name}'`); // safe: javascript-sql-injection
  const other = ('chair', req.query.name);
  await pool.query(`SELECT id FROM items WHERE name = '${other}'`); // vuln: javascript-sql-injection
  res.end();
});

app.get('/loop', async (req, res) => {
  const pattern = /(\w+)='([^']*)/g;
  let found;
  while ((found = pattern.exec(req.query.text)) !== null) {
    await pool.query(`SELECT id FROM items WHERE name = ${found[2]}`); // vuln: javascript-sql-injection
  }
  res.end();
});

app.get('/counter', async (req, res) => {
  let count = Number(req.query.from);
  await pool.query(`SELECT id FROM items LIMIT ${count++}`); // safe: javascript-sql-injection
  res.end();
});
