// What containers give and take: arrays, Map, Set, WeakMap, entries, keys and values.
const express = require('express');
const { Pool } = require('pg');

const app = express();
const pool = new Pool();
app.use(express.json());

app.get('/map', async (req, res) => {
  const names = new Map();
  names.set('given', req.query.name);
  names.set('fixed', 'chair');
  await pool.query(`SELECT id FROM items WHERE name = '${names.get('given')}'`); // vuln: javascript-sql-injection
  await pool.query(`SELECT id FROM items WHERE name = '${names.get('fixed')}'`); // safe: javascript-sql-injection
  res.end();
});

app.get('/map-display', async (req, res) => {
  const names = new Map([['given', req.query.name], ['fixed', 'chair']]);
  for (const [key, value] of names) {
    await pool.query(`SELECT id FROM items WHERE name = '${value}'`); // vuln: javascript-sql-injection
    await pool.query(`SELECT id FROM items WHERE kind = '${key}'`); // safe: javascript-sql-injection
  }
  res.end();
});

app.get('/set', async (req, res) => {
  const names = new Set(['chair']);
  names.add(req.query.name);
  await pool.query(`SELECT id FROM items WHERE name IN ('${[...names].join("','")}')`); // vuln: javascript-sql-injection
  const known = new Set(['chair', 'table']);
  await pool.query(`SELECT id FROM items WHERE name IN ('${[...known].join("','")}')`); // safe: javascript-sql-injection
  res.end();
});

app.get('/entries', async (req, res) => {
  const parts = [];
  for (const [key, value] of Object.entries({ name: req.query.name, note: req.query.note })) {
    await pool.query(`SELECT id FROM items WHERE ${key} = $1`, [value]); // safe: javascript-sql-injection
    parts.push(`${key} = '${value}'`);
  }
  await pool.query(`SELECT id FROM items WHERE ${parts.join(' AND ')}`); // vuln: javascript-sql-injection
  res.end();
});

app.get('/keys', async (req, res) => {
  const columns = Object.keys(req.body);
  await pool.query(`SELECT ${columns.join(', ')} FROM items`); // vuln: javascript-sql-injection
  const known = Object.keys({ id: 1, name: 2 });
  await pool.query(`SELECT ${known.join(', ')} FROM items`); // safe: javascript-sql-injection
  res.end();
});

app.get('/array', async (req, res) => {
  const names = ['chair'];
  names.unshift(req.query.name);
  await pool.query(`SELECT id FROM items WHERE name = '${names.shift()}'`); // vuln: javascript-sql-injection
  const all = ['chair'].concat(req.query.names);
  await pool.query(`SELECT id FROM items WHERE name = '${all.at(-1)}'`); // vuln: javascript-sql-injection
  const numbers = Array.from(req.query.ids, Number);
  await pool.query(`SELECT id FROM items WHERE id IN (${numbers.join(', ')})`); // safe: javascript-sql-injection
  res.end();
});

app.get('/weak', async (req, res) => {
  const notes = new WeakMap();
  notes.set(req, req.query.note);
  await pool.query(`SELECT id FROM items WHERE note = '${notes.get(req)}'`); // vuln: javascript-sql-injection
  res.end();
});

app.get('/from-entries', async (req, res) => {
  const values = Object.fromEntries([['name', req.query.name]]);
  await pool.query(`SELECT id FROM items WHERE name = '${values.name}'`); // vuln: javascript-sql-injection
  const counted = Object.values({ a: 1, b: 2 });
  await pool.query(`SELECT id FROM items LIMIT ${counted[0]}`); // safe: javascript-sql-injection
  res.end();
});
