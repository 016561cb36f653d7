// Parameters with defaults, also those that are computed or take a structure apart.
const express = require('express');
const { Pool } = require('pg');

const app = express();
const pool = new Pool();
app.use(express.json());

function listing(table = 'items', order = 'id', limit = 10) {
  return `SELECT id FROM ${table} ORDER BY ${order} LIMIT ${limit}`;
}

function find({ name = 'chair', table = 'items' } = {}) {
  return `SELECT id FROM ${table} WHERE name = '${name}'`;
}

function quoted(name, text = `'${name}'`) {
  return `SELECT id FROM items WHERE name = ${text}`;
}

app.get('/defaults', async (req, res) => {
  await pool.query(listing()); // safe: javascript-sql-injection
  await pool.query(listing('items', undefined, Number(req.query.limit))); // safe: javascript-sql-injection
  await pool.query(listing('items', req.query.order)); // vuln: javascript-sql-injection
  await pool.query(find()); // safe: javascript-sql-injection
  await pool.query(find({ name: req.query.name })); // vuln: javascript-sql-injection
  await pool.query(find({ other: req.query.name })); // safe: javascript-sql-injection
  await pool.query(quoted(req.query.name)); // vuln: javascript-sql-injection
  res.end();
});

function chosen(req, name = req.query.name) {
  return pool.query(`SELECT id FROM items WHERE name = '${name}'`); // vuln: javascript-sql-injection
}

app.get('/from-request', async (req, res) => res.json(await chosen(req)));
