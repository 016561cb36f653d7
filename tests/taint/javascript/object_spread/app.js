// Object.assign and spread, key by key: what comes later wins.
const express = require('express');
const { Pool } = require('pg');

const app = express();
const pool = new Pool();
app.use(express.json());

app.get('/spread', async (req, res) => {
  const defaults = { table: 'items', name: 'chair' };
  const options = { ...defaults, name: req.query.name };
  await pool.query(`SELECT id FROM ${options.table}`); // safe: javascript-sql-injection
  await pool.query(`SELECT id FROM items WHERE name = '${options.name}'`); // vuln: javascript-sql-injection
  const fixed = { ...options, name: 'table' };
  await pool.query(`SELECT id FROM items WHERE name = '${fixed.name}'`); // safe: javascript-sql-injection
  const all = { ...defaults, ...req.query };
  await pool.query(`SELECT id FROM ${all.table}`); // vuln: javascript-sql-injection
  const other = { ...req.query, table: 'items' };
  await pool.query(`SELECT id FROM ${other.table}`); // safe: javascript-sql-injection
  res.end();
});

app.get('/assign', async (req, res) => {
  const options = Object.assign({}, { table: 'items' }, { name: req.query.name });
  await pool.query(`SELECT id FROM ${options.table}`); // safe: javascript-sql-injection
  await pool.query(`SELECT id FROM items WHERE name = '${options.name}'`); // vuln: javascript-sql-injection
  const target = { order: 'id' };
  Object.assign(target, req.query);
  await pool.query(`SELECT id FROM items ORDER BY ${target.order}`); // vuln: javascript-sql-injection
  const kept = Object.assign({}, req.query, { order: 'id' });
  await pool.query(`SELECT id FROM items ORDER BY ${kept.order}`); // safe: javascript-sql-injection
  res.end();
});

app.get('/arrays', async (req, res) => {
  const names = ['chair', ...req.query.names];
  await pool.query(`SELECT id FROM items WHERE name = '${names[1]}'`); // vuln: javascript-sql-injection
  const copy = [...['chair', 'table']];
  await pool.query(`SELECT id FROM items WHERE name = '${copy[1]}'`); // safe: javascript-sql-injection
  res.end();
});

app.get('/picked', async (req, res) => {
  const pick = (source, keys) => Object.fromEntries(keys.map((key) => [key, source[key]]));
  const wanted = pick(req.query, ['name']);
  await pool.query(`SELECT id FROM items WHERE name = '${wanted.name}'`); // vuln: javascript-sql-injection
  res.end();
});

// What is taken out of an object is not in the rest of it.
const axios = require('axios');

class Client {
  record({ id, name, data, ...rest }) {
    return axios.request({ url: `/records/${encodeURIComponent(id)}`, ...rest, data }); // safe: javascript-server-side-request-forgery
  }

  named(options) {
    const { id, ...rest } = options;
    return axios.request({ url: '/records', ...rest }); // safe: javascript-server-side-request-forgery
  }

  given(options) {
    const { id, ...rest } = options;
    return axios.request({ url: '/records', ...rest }); // vuln: javascript-server-side-request-forgery
  }
}

app.get('/rest', async (req, res) => {
  const client = new Client();
  await client.record({ id: req.query.id, name: req.query.name, data: req.body });
  await client.named({ id: req.query.id, params: req.query.params });
  await client.given({ id: req.query.id, url: req.query.url });
  const { id, ...rest } = req.query;
  await axios.request({ url: '/records', ...rest }); // vuln: javascript-server-side-request-forgery
  await axios.request({ ...rest, url: '/records', baseURL: 'https://api.example' }); // safe: javascript-server-side-request-forgery
  const { url, baseURL, ...others } = req.query;
  await axios.request({ url: '/records', ...others }); // safe: javascript-server-side-request-forgery
  const kept = { id, ...others };
  await pool.query(`SELECT id FROM items WHERE name = '${kept.id}'`); // vuln: javascript-sql-injection
  const whole = { id, ...rest };
  await pool.query(`SELECT id FROM items WHERE name = '${whole.id}'`); // vuln: javascript-sql-injection
  res.end();
});

app.get('/attribute', async (req, res) => {
  const holder = { options: { order: 'id' } };
  Object.assign(holder.options, req.query);
  await pool.query(`SELECT id FROM items ORDER BY ${holder.options.order}`); // vuln: javascript-sql-injection
  Object.assign(holder.options, { order: 'name' });
  res.end();
});

// What is switched on in front of a spread most likely stays on; what is written there may be replaced.
const { spawn } = require('child_process');

app.get('/switched', (req, res) => {
  const options = { ...req.query };
  spawn('ls', [req.query.name], { shell: true, ...options }); // vuln: javascript-command-injection
  spawn('ls', [req.query.name], { ...options, shell: false }); // safe: javascript-command-injection
  const written = { order: 'id', ...req.query };
  pool.query(`SELECT id FROM items ORDER BY ${written.order}`); // vuln: javascript-sql-injection
  res.end();
});
