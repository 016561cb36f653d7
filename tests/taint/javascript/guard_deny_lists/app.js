// Tests for what is bad: they leave more than they know of.
const express = require('express');
const { Pool } = require('pg');

const app = express();
const pool = new Pool();
app.use(express.json());

app.get('/includes', async (req, res) => {
  const name = String(req.query.name);
  if (name.includes("'")) {
    return res.status(400).end();
  }
  return res.json(await pool.query(`SELECT ${name} FROM items`)); // vuln: javascript-sql-injection
});

app.get('/words', async (req, res) => {
  const column = String(req.query.column);
  if (['drop', 'delete', 'update'].includes(column)) {
    return res.status(400).end();
  }
  return res.json(await pool.query(`SELECT ${column} FROM items`)); // vuln: javascript-sql-injection
});

app.get('/pattern', async (req, res) => {
  const column = String(req.query.column);
  if (/drop|delete|--/i.test(column)) {
    return res.status(400).end();
  }
  return res.json(await pool.query(`SELECT ${column} FROM items`)); // vuln: javascript-sql-injection
});

app.get('/not-equal', async (req, res) => {
  const column = req.query.column;
  if (column === 'password') {
    return res.status(400).end();
  }
  return res.json(await pool.query(`SELECT ${column} FROM items`)); // vuln: javascript-sql-injection
});

app.get('/negated-class', async (req, res) => {
  const column = String(req.query.column);
  if (/[^a-z_]/.test(column)) {
    return res.status(400).end();
  }
  return res.json(await pool.query(`SELECT ${column} FROM items`)); // safe: javascript-sql-injection
});

app.get('/prefix', async (req, res) => {
  const column = String(req.query.column);
  if (column.startsWith('pg_')) {
    return res.status(400).end();
  }
  return res.json(await pool.query(`SELECT ${column} FROM items`)); // vuln: javascript-sql-injection
});

app.get('/allowed-instead', async (req, res) => {
  const column = String(req.query.column);
  if (!['id', 'name'].includes(column)) {
    return res.status(400).end();
  }
  return res.json(await pool.query(`SELECT ${column} FROM items`)); // safe: javascript-sql-injection
});
