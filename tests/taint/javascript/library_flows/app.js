// Data that passes through the standard library: JSON, Buffer, query strings, URLs, util, structuredClone.
const express = require('express');
const { Pool } = require('pg');

const app = express();
const pool = new Pool();
app.use(express.json());
const crypto = require('crypto');
const path = require('path');
const querystring = require('querystring');
const util = require('util');

app.post('/flows', async (req, res) => {
  const name = req.body.name;
  const run = (text) => pool.query(`SELECT id FROM items WHERE name = '${text}'`); // vuln: javascript-sql-injection
  await run(JSON.parse(JSON.stringify({ name })).name);
  await pool.query(`SELECT id FROM items WHERE name = '${Buffer.from(name).toString('utf8')}'`); // vuln: javascript-sql-injection
  await pool.query(`SELECT id FROM items WHERE name = '${Buffer.concat([Buffer.from(name)])}'`); // vuln: javascript-sql-injection
  await pool.query(`SELECT id FROM items WHERE name = '${querystring.parse(req.body.text).name}'`); // vuln: javascript-sql-injection
  await pool.query(`SELECT id FROM items WHERE name = '${new URLSearchParams(req.body.text).get('name')}'`); // vuln: javascript-sql-injection
  await pool.query(`SELECT id FROM items WHERE name = '${new URL(req.body.url).pathname}'`); // vuln: javascript-sql-injection
  await pool.query(`SELECT id FROM items WHERE name = '${util.format('%s!', name)}'`); // vuln: javascript-sql-injection
  await pool.query(`SELECT id FROM items WHERE name = '${structuredClone(req.body).name}'`); // vuln: javascript-sql-injection
  await pool.query(`SELECT id FROM items WHERE name = '${path.basename(name)}'`); // vuln: javascript-sql-injection
  await pool.query(`SELECT id FROM items WHERE name = '${unescape(name)}'`); // vuln: javascript-sql-injection
  await pool.query(`SELECT id FROM items WHERE name = '${atob(name)}'`); // vuln: javascript-sql-injection
  res.end();
});

app.post('/ends', async (req, res) => {
  const name = req.body.name;
  await pool.query(`SELECT id FROM items WHERE hash = '${crypto.createHash('sha256').update(name).digest('hex')}'`); // safe: javascript-sql-injection
  await pool.query(`SELECT id FROM items WHERE name = '${Buffer.from(name).toString('hex')}'`); // safe: javascript-sql-injection
  await pool.query(`SELECT id FROM items LIMIT ${Buffer.byteLength(name)}`); // safe: javascript-sql-injection
  await pool.query(`SELECT id FROM items LIMIT ${new Intl.NumberFormat('en').format(10)}`); // safe: javascript-sql-injection
  await pool.query(`SELECT id FROM items WHERE id = '${crypto.randomUUID()}'`); // safe: javascript-sql-injection
  await pool.query(`SELECT id FROM items WHERE year = ${new Date(req.body.at).getFullYear()}`); // safe: javascript-sql-injection
  res.end();
});
