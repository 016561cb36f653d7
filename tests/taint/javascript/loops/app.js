// Loops: for, for-of, for-in, while, do, labels, what the last round leaves behind.
const express = require('express');
const { Pool } = require('pg');

const app = express();
const pool = new Pool();
app.use(express.json());

app.get('/for', async (req, res) => {
  let text = '';
  for (let index = 0; index < req.query.names.length; index += 1) {
    text += `'${req.query.names[index]}',`;
  }
  await pool.query(`SELECT id FROM items WHERE name IN (${text.slice(0, -1)})`); // vuln: javascript-sql-injection
  res.end();
});

app.get('/for-of', async (req, res) => {
  let last = 'chair';
  for (const name of req.query.names) {
    await pool.query(`SELECT id FROM items WHERE name = '${last}'`); // vuln: javascript-sql-injection
    last = name;
  }
  res.end();
});

app.get('/for-in', async (req, res) => {
  for (const key in req.body) {
    await pool.query(`SELECT ${key} FROM items`); // vuln: javascript-sql-injection
  }
  for (const key in { id: 1, name: 2 }) {
    await pool.query(`SELECT ${key} FROM items`); // safe: javascript-sql-injection
  }
  for (const index in ['a', 'b']) {
    await pool.query(`SELECT id FROM items LIMIT ${index}`); // safe: javascript-sql-injection
  }
  res.end();
});

app.get('/while', async (req, res) => {
  const words = req.query.words.split(' ');
  while (words.length > 0) {
    await pool.query(`SELECT id FROM items WHERE name = '${words.pop()}'`); // vuln: javascript-sql-injection
  }
  res.end();
});

app.get('/do', async (req, res) => {
  let page = 0;
  let name = 'chair';
  do {
    name = `${name}${req.query.suffix}`;
    page += 1;
  } while (page < 3);
  await pool.query(`SELECT id FROM items WHERE name = '${name}'`); // vuln: javascript-sql-injection
  await pool.query(`SELECT id FROM items LIMIT ${page}`); // safe: javascript-sql-injection
  res.end();
});

app.get('/labelled', async (req, res) => {
  let found = 'none';
  outer: for (const row of req.body.rows) {
    for (const cell of row) {
      if (cell) {
        found = cell;
        break outer;
      }
    }
  }
  await pool.query(`SELECT id FROM items WHERE name = '${found}'`); // vuln: javascript-sql-injection
  res.end();
});

app.get('/counted', async (req, res) => {
  let count = 0;
  for (const name of req.query.names) {
    count += name.length;
  }
  await pool.query(`SELECT id FROM items LIMIT ${count}`); // safe: javascript-sql-injection
  res.end();
});
