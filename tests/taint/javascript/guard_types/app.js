// typeof, Number.isInteger, Array.isArray, isNaN: what they say of a value and what they do not.
const express = require('express');
const { Pool } = require('pg');

const app = express();
const pool = new Pool();
app.use(express.json());

app.get('/number', async (req, res) => {
  const id = req.body.id;
  if (typeof id !== 'number') {
    return res.status(400).end();
  }
  return res.json(await pool.query(`SELECT id FROM items WHERE id = ${id}`)); // safe: javascript-sql-injection
});

app.get('/integer', async (req, res) => {
  const id = req.body.id;
  if (!Number.isInteger(id)) {
    return res.status(400).end();
  }
  return res.json(await pool.query(`SELECT id FROM items WHERE id = ${id}`)); // safe: javascript-sql-injection
});

app.get('/boolean', async (req, res) => {
  const { only } = req.body;
  if (typeof only === 'boolean') {
    await pool.query(`SELECT id FROM items WHERE sold = ${only}`); // safe: javascript-sql-injection
  }
  res.end();
});

app.get('/string', async (req, res) => {
  const name = req.body.name;
  if (typeof name !== 'string') {
    return res.status(400).end();
  }
  return res.json(await pool.query(`SELECT id FROM items WHERE name = '${name}'`)); // vuln: javascript-sql-injection
});

app.get('/array', async (req, res) => {
  const names = req.body.names;
  if (!Array.isArray(names)) {
    return res.status(400).end();
  }
  return res.json(await pool.query(`SELECT id FROM items WHERE name = '${names[0]}'`)); // vuln: javascript-sql-injection
});

app.get('/nan', async (req, res) => {
  const id = req.query.id;
  if (Number.isNaN(Number(id))) {
    return res.status(400).end();
  }
  return res.json(await pool.query(`SELECT id FROM items WHERE id = ${id}`)); // safe: javascript-sql-injection
});

app.get('/parse-float', async (req, res) => {
  const id = req.query.id;
  if (Number.isNaN(parseInt(id, 10))) {
    return res.status(400).end();
  }
  return res.json(await pool.query(`SELECT id FROM items WHERE id = ${id}`)); // vuln: javascript-sql-injection
});

app.get('/wrong-branch', async (req, res) => {
  const id = req.body.id;
  if (typeof id === 'number') {
    return res.end();
  }
  return res.json(await pool.query(`SELECT id FROM items WHERE id = ${id}`)); // vuln: javascript-sql-injection
});
