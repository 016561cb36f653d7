// switch over untrusted text: a case proves its constant, default keeps what came.
const express = require('express');
const { Pool } = require('pg');

const app = express();
const pool = new Pool();
app.use(express.json());

app.get('/proved', async (req, res) => {
  const column = req.query.column;
  switch (column) {
    case 'id':
    case 'name':
      await pool.query(`SELECT ${column} FROM items`); // safe: javascript-sql-injection
      break;
    default:
      await pool.query(`SELECT ${column} FROM carts`); // vuln: javascript-sql-injection
  }
  res.end();
});

app.get('/chosen', async (req, res) => {
  let column;
  switch (req.query.column) {
    case 'newest':
      column = 'created DESC';
      break;
    case 'oldest':
      column = 'created';
      break;
    default:
      column = 'id';
  }
  await pool.query(`SELECT id FROM items ORDER BY ${column}`); // safe: javascript-sql-injection
  res.end();
});

app.get('/default', async (req, res) => {
  let column;
  switch (req.query.kind) {
    case 'plain':
      column = 'id';
      break;
    default:
      column = req.query.column;
  }
  await pool.query(`SELECT id FROM items ORDER BY ${column}`); // vuln: javascript-sql-injection
  res.end();
});

app.get('/true', async (req, res) => {
  const column = req.query.column;
  switch (true) {
    case column === 'id':
      await pool.query(`SELECT ${column} FROM items`); // safe: javascript-sql-injection
      break;
    case column.length > 3:
      await pool.query(`SELECT ${column} FROM carts`); // vuln: javascript-sql-injection
      break;
    default:
  }
  res.end();
});

app.post('/message', (req, res) => {
  const message = JSON.parse(req.body.toString());
  switch (message.kind) {
    case 'find':
      pool.query(`SELECT id FROM items WHERE name = '${message.name}'`); // vuln: javascript-sql-injection
      break;
    case 'list':
      pool.query(`SELECT id FROM ${message.kind}`); // safe: javascript-sql-injection
      break;
  }
  res.end();
});
