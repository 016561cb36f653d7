// Allow-lists: membership in constant collections of every sort.
const express = require('express');
const { Pool } = require('pg');

const app = express();
const pool = new Pool();
app.use(express.json());

const LIST = ['id', 'name'];
const SET = new Set(['id', 'name']);
const MAP = new Map([['id', 1], ['name', 2]]);
const OBJECT = { id: 1, name: 2 };
const FROZEN = Object.freeze(['id', 'name']);

app.get('/list', async (req, res) => {
  const column = req.query.column;
  if (LIST.includes(column)) {
    await pool.query(`SELECT ${column} FROM items`); // safe: javascript-sql-injection
  }
  res.end();
});

app.get('/index-of', async (req, res) => {
  const column = req.query.column;
  if (LIST.indexOf(column) < 0) {
    return res.status(400).end();
  }
  return res.json(await pool.query(`SELECT ${column} FROM items`)); // safe: javascript-sql-injection
});

app.get('/set', async (req, res) => {
  const column = req.query.column;
  if (!SET.has(column)) {
    return res.status(400).end();
  }
  return res.json(await pool.query(`SELECT ${column} FROM items`)); // safe: javascript-sql-injection
});

app.get('/map', async (req, res) => {
  const column = req.query.column;
  if (!MAP.has(column)) {
    return res.status(400).end();
  }
  return res.json(await pool.query(`SELECT ${column} FROM items`)); // safe: javascript-sql-injection
});

app.get('/object', async (req, res) => {
  const column = req.query.column;
  if (Object.hasOwn(OBJECT, column)) {
    await pool.query(`SELECT ${column} FROM items`); // safe: javascript-sql-injection
  }
  if (Object.prototype.hasOwnProperty.call(OBJECT, column)) {
    await pool.query(`SELECT ${column} FROM carts`); // safe: javascript-sql-injection
  }
  if (OBJECT.hasOwnProperty(column)) {
    await pool.query(`SELECT ${column} FROM orders`); // safe: javascript-sql-injection
  }
  res.end();
});

app.get('/in', async (req, res) => {
  const column = req.query.column;
  if (column in OBJECT) {
    await pool.query(`SELECT ${column} FROM items`); // safe: javascript-sql-injection
  }
  res.end();
});

app.get('/frozen', async (req, res) => {
  const column = req.query.column;
  if (!FROZEN.includes(column)) {
    throw new Error('no such column');
  }
  res.json(await pool.query(`SELECT ${column} FROM items`)); // safe: javascript-sql-injection
});

app.get('/some', async (req, res) => {
  const column = req.query.column;
  if (LIST.some((known) => known === column)) {
    await pool.query(`SELECT ${column} FROM items`); // safe: javascript-sql-injection
  }
  res.end();
});

app.get('/find', async (req, res) => {
  const column = LIST.find((known) => known === req.query.column) ?? 'id';
  res.json(await pool.query(`SELECT ${column} FROM items`)); // safe: javascript-sql-injection
});

app.get('/own-list', async (req, res) => {
  const column = req.query.column;
  if (req.query.columns.split(',').includes(column)) {
    await pool.query(`SELECT ${column} FROM items`); // vuln: javascript-sql-injection
  }
  res.end();
});

app.get('/grown-list', async (req, res) => {
  const known = ['id'];
  known.push(req.query.also);
  const column = req.query.column;
  if (known.includes(column)) {
    await pool.query(`SELECT ${column} FROM items`); // vuln: javascript-sql-injection
  }
  res.end();
});

app.get('/text', async (req, res) => {
  const column = req.query.column;
  if (column.includes('id')) {
    await pool.query(`SELECT ${column} FROM items`); // vuln: javascript-sql-injection
  }
  res.end();
});

app.get('/other-value', async (req, res) => {
  const { column, order } = req.query;
  if (LIST.includes(order)) {
    await pool.query(`SELECT ${column} FROM items ORDER BY ${order}`); // vuln: javascript-sql-injection
  }
  res.end();
});
