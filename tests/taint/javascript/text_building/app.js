// Text that grows: concatenation, augmented assignment, repetition, conditional expressions.
const express = require('express');
const { Pool } = require('pg');

const app = express();
const pool = new Pool();
app.use(express.json());

app.get('/grown', async (req, res) => {
  let text = 'SELECT id FROM items';
  text += ' WHERE name = ';
  text += `'${req.query.name}'`;
  await pool.query(text); // vuln: javascript-sql-injection
  res.end();
});

app.get('/logical-assignment', async (req, res) => {
  let name = '';
  name ||= req.query.name;
  await pool.query(`SELECT id FROM items WHERE name = '${name}'`); // vuln: javascript-sql-injection
  let table = 'items';
  table ??= req.query.table;
  await pool.query(`SELECT id FROM ${table}`); // safe: javascript-sql-injection
  res.end();
});

app.get('/optional-part', async (req, res) => {
  const where = req.query.name ? ` WHERE name = '${req.query.name}'` : '';
  await pool.query('SELECT id FROM items' + where); // vuln: javascript-sql-injection
  const only = req.query.sold ? ' WHERE sold' : '';
  await pool.query('SELECT id FROM items' + only); // safe: javascript-sql-injection
  res.end();
});

app.get('/repeated', async (req, res) => {
  await pool.query(`SELECT id FROM items WHERE name = '${req.query.name.repeat(2)}'`); // vuln: javascript-sql-injection
  await pool.query(`SELECT id FROM items WHERE name IN (${'?, '.repeat(req.query.names.length)})`); // safe: javascript-sql-injection
  await pool.query('SELECT id FROM items ' + 'x'.padEnd(10, req.query.pad)); // vuln: javascript-sql-injection
  res.end();
});
