// Spread arguments and rest parameters.
const express = require('express');
const { Pool } = require('pg');

const app = express();
const pool = new Pool();
app.use(express.json());

const joined = (...parts) => parts.join(' ');
const first = (head, ...rest) => `${head} LIMIT ${rest.length}`;
const named = ({ table, ...others }) => ({ table, others });

function clause(column, operator, value) {
  return `${column} ${operator} '${value}'`;
}

app.get('/spread', async (req, res) => {
  const parts = ['name', '=', req.query.name];
  await pool.query(`SELECT id FROM items WHERE ${clause(...parts)}`); // vuln: javascript-sql-injection
  await pool.query(`SELECT id FROM items WHERE ${clause(...['name', '=', 'chair'])}`); // safe: javascript-sql-injection
  res.end();
});

app.get('/rest', async (req, res) => {
  await pool.query(joined('SELECT id FROM', 'items', 'WHERE name =', req.query.name)); // vuln: javascript-sql-injection
  await pool.query(joined('SELECT id FROM', 'items')); // safe: javascript-sql-injection
  await pool.query(first('SELECT id FROM items', req.query.name, req.query.other)); // safe: javascript-sql-injection
  res.end();
});

app.get('/object-rest', async (req, res) => {
  const { table, others } = named({ table: 'items', name: req.query.name });
  await pool.query(`SELECT id FROM ${table}`); // safe: javascript-sql-injection
  await pool.query(`SELECT id FROM items WHERE name = '${others.name}'`); // vuln: javascript-sql-injection
  const { id, ...kept } = req.query;
  await pool.query(`SELECT id FROM items WHERE note = '${kept.note}'`); // vuln: javascript-sql-injection
  res.end();
});

app.get('/through', async (req, res) => {
  const forward = (...args) => pool.query(...args); // vuln: javascript-sql-injection
  await forward(`SELECT id FROM items WHERE name = '${req.query.name}'`);
  const bound = (...args) => pool.query('SELECT id FROM items WHERE name = $1', ...args); // safe: javascript-sql-injection
  await bound([req.query.name]);
  res.end();
});
