// Methods of arrays with callbacks: map, filter, forEach, reduce, find, flatMap, sort, some, every.
const express = require('express');
const { Pool } = require('pg');

const app = express();
const pool = new Pool();
app.use(express.json());

app.get('/map', async (req, res) => {
  const names = req.query.names.map((name) => name.trim());
  await pool.query(`SELECT id FROM items WHERE name = '${names[0]}'`); // vuln: javascript-sql-injection
  const sizes = req.query.names.map((name) => name.length);
  await pool.query(`SELECT id FROM items LIMIT ${sizes[0]}`); // safe: javascript-sql-injection
  const rows = req.query.names.map((name) => ({ name, kind: 'plain' }));
  await pool.query(`SELECT id FROM items WHERE kind = '${rows[0].kind}'`); // safe: javascript-sql-injection
  await pool.query(`SELECT id FROM items WHERE name = '${rows[0].name}'`); // vuln: javascript-sql-injection
  res.end();
});

app.get('/constants', async (req, res) => {
  const quoted = ['chair', 'table'].map((name) => `'${name}'`);
  await pool.query(`SELECT id FROM items WHERE name IN (${quoted.join(', ')})`); // safe: javascript-sql-injection
  const mixed = ['chair'].map((name) => `${name}${req.query.suffix}`);
  await pool.query(`SELECT id FROM items WHERE name = '${mixed[0]}'`); // vuln: javascript-sql-injection
  res.end();
});

app.get('/for-each', (req, res) => {
  req.query.names.forEach((name, index) => {
    pool.query(`SELECT id FROM items WHERE name = '${name}'`); // vuln: javascript-sql-injection
    pool.query(`SELECT id FROM items LIMIT ${index}`); // safe: javascript-sql-injection
  });
  const all = [];
  req.query.names.forEach((name) => all.push(name));
  pool.query(`SELECT id FROM items WHERE name = '${all[0]}'`); // vuln: javascript-sql-injection
  res.end();
});

app.get('/reduce', async (req, res) => {
  const text = req.query.names.reduce((sum, name) => `${sum} OR name = '${name}'`, 'false');
  await pool.query(`SELECT id FROM items WHERE ${text}`); // vuln: javascript-sql-injection
  const total = req.query.names.reduce((sum, name) => sum + name.length, 0);
  await pool.query(`SELECT id FROM items LIMIT ${total}`); // safe: javascript-sql-injection
  const grouped = Object.entries(req.query).reduce((found, [key, value]) => ({ ...found, [key]: value }), {});
  await pool.query(`SELECT id FROM items WHERE name = '${grouped.name}'`); // vuln: javascript-sql-injection
  res.end();
});

app.get('/filter', async (req, res) => {
  const long = req.query.names.filter((name) => name.length > 2);
  await pool.query(`SELECT id FROM items WHERE name = '${long[0]}'`); // vuln: javascript-sql-injection
  const known = req.query.names.filter((name) => ['chair', 'table'].includes(name));
  await pool.query(`SELECT id FROM items WHERE name = '${known[0]}'`); // safe: javascript-sql-injection
  res.end();
});

app.get('/find', async (req, res) => {
  const found = req.query.names.find((name) => name.startsWith('c'));
  await pool.query(`SELECT id FROM items WHERE name = '${found}'`); // vuln: javascript-sql-injection
  const index = req.query.names.findIndex((name) => name === 'x');
  await pool.query(`SELECT id FROM items LIMIT ${index}`); // safe: javascript-sql-injection
  res.end();
});

app.get('/flat', async (req, res) => {
  const words = req.query.texts.flatMap((text) => text.split(' '));
  await pool.query(`SELECT id FROM items WHERE name = '${words[1]}'`); // vuln: javascript-sql-injection
  await pool.query(`SELECT id FROM items WHERE name = '${[[req.query.name]].flat()[0]}'`); // vuln: javascript-sql-injection
  const counts = req.query.texts.flatMap((text) => [text.length]);
  await pool.query(`SELECT id FROM items LIMIT ${counts[0]}`); // safe: javascript-sql-injection
  res.end();
});

app.get('/lodash', async (req, res) => {
  const _ = require('lodash');
  const names = _.map(req.query.names, (name) => name.toUpperCase());
  await pool.query(`SELECT id FROM items WHERE name = '${_.first(names)}'`); // vuln: javascript-sql-injection
  await pool.query(`SELECT id FROM items LIMIT ${_.size(names)}`); // safe: javascript-sql-injection
  res.end();
});
