// Guards put together: not, and, or, nested, De Morgan.
const express = require('express');
const { Pool } = require('pg');

const app = express();
const pool = new Pool();
app.use(express.json());

const COLUMNS = ['id', 'name'];

app.get('/and', async (req, res) => {
  const column = req.query.column;
  if (column && COLUMNS.includes(column)) {
    await pool.query(`SELECT ${column} FROM items`); // safe: javascript-sql-injection
  }
  res.end();
});

app.get('/or', async (req, res) => {
  const column = req.query.column;
  if (!column || COLUMNS.includes(column)) {
    await pool.query(`SELECT ${column} FROM items`); // safe: javascript-sql-injection
  }
  res.end();
});

app.get('/or-other', async (req, res) => {
  const column = req.query.column;
  if (req.query.admin || COLUMNS.includes(column)) {
    await pool.query(`SELECT ${column} FROM items`); // vuln: javascript-sql-injection
  }
  res.end();
});

app.get('/de-morgan', async (req, res) => {
  const { column, table } = req.query;
  if (!(COLUMNS.includes(column) && table === 'items')) {
    return res.status(400).end();
  }
  return res.json(await pool.query(`SELECT ${column} FROM ${table}`)); // safe: javascript-sql-injection
});

app.get('/either-bad', async (req, res) => {
  const { column, table } = req.query;
  if (!COLUMNS.includes(column) || table !== 'items') {
    return res.status(400).end();
  }
  return res.json(await pool.query(`SELECT ${column} FROM ${table}`)); // safe: javascript-sql-injection
});

app.get('/both-bad', async (req, res) => {
  const { column, table } = req.query;
  if (!COLUMNS.includes(column) && table !== 'items') {
    return res.status(400).end();
  }
  return res.json(await pool.query(`SELECT ${column} FROM items`)); // vuln: javascript-sql-injection
});

app.get('/double', async (req, res) => {
  const column = req.query.column;
  if (!!COLUMNS.includes(column)) {
    await pool.query(`SELECT ${column} FROM items`); // safe: javascript-sql-injection
  }
  res.end();
});

app.get('/ternary', async (req, res) => {
  const column = COLUMNS.includes(req.query.column) ? req.query.column : 'id';
  await pool.query(`SELECT ${column} FROM items`); // safe: javascript-sql-injection
  const other = COLUMNS.includes(req.query.column) ? 'id' : req.query.column;
  await pool.query(`SELECT ${other} FROM items`); // vuln: javascript-sql-injection
  res.end();
});

app.get('/short-circuit', async (req, res) => {
  const column = req.query.column;
  COLUMNS.includes(column) && (await pool.query(`SELECT ${column} FROM items`)); // safe: javascript-sql-injection
  COLUMNS.includes(column) || (await pool.query(`SELECT ${column} FROM items`)); // vuln: javascript-sql-injection
  res.end();
});

app.get('/nested', async (req, res) => {
  const column = req.query.column;
  if (typeof column === 'string') {
    if (column.length < 10) {
      if (COLUMNS.indexOf(column) !== -1) {
        await pool.query(`SELECT ${column} FROM items`); // safe: javascript-sql-injection
      }
      await pool.query(`SELECT ${column} FROM carts`); // vuln: javascript-sql-injection
    }
  }
  res.end();
});
