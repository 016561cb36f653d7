// Branches that constants decide, and values that constants overwrite.
const express = require('express');
const { Pool } = require('pg');

const app = express();
const pool = new Pool();
app.use(express.json());

const DEBUG = false;
const MODE = 'safe';

app.get('/dead', async (req, res) => {
  if (DEBUG) {
    await pool.query("SELECT id FROM items WHERE name = '" + req.query.name + "'"); // safe: javascript-sql-injection
  }
  res.end();
});

app.get('/alive', async (req, res) => {
  if (!DEBUG) {
    await pool.query("SELECT id FROM items WHERE name = '" + req.query.name + "'"); // vuln: javascript-sql-injection
  }
  res.end();
});

app.get('/overwritten', async (req, res) => {
  let name = req.query.name;
  name = 'chair';
  await pool.query("SELECT id FROM items WHERE name = '" + name + "'"); // safe: javascript-sql-injection
  res.end();
});

app.get('/switch', async (req, res) => {
  let name = 'chair';
  switch (MODE) {
    case 'safe':
      name = 'table';
      break;
    case 'open':
      name = req.query.name;
      break;
    default:
      name = req.query.other;
  }
  await pool.query("SELECT id FROM items WHERE name = '" + name + "'"); // safe: javascript-sql-injection
  res.end();
});

app.get('/fall-through', async (req, res) => {
  let name = 'chair';
  switch (MODE) {
    case 'safe':
    case 'open':
      name = req.query.name;
      break;
    default:
  }
  await pool.query("SELECT id FROM items WHERE name = '" + name + "'"); // vuln: javascript-sql-injection
  res.end();
});

app.get('/ternary', async (req, res) => {
  const name = 7 * 18 > 200 ? req.query.name : 'chair';
  await pool.query("SELECT id FROM items WHERE name = '" + name + "'"); // safe: javascript-sql-injection
  const other = 7 * 42 - 86 > 200 ? req.query.name : 'chair';
  await pool.query("SELECT id FROM items WHERE name = '" + other + "'"); // vuln: javascript-sql-injection
  res.end();
});

app.get('/returned', async (req, res) => {
  if (MODE === 'safe') {
    return res.end();
  }
  await pool.query("SELECT id FROM items WHERE name = '" + req.query.name + "'"); // safe: javascript-sql-injection
  return res.end();
});
