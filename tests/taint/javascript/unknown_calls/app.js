// Functions of libraries that nobody described: what goes in comes out, masks stay, and nothing else becomes untrusted.
const express = require('express');
const { Pool } = require('pg');

const app = express();
const pool = new Pool();
app.use(express.json());
const escapeHtml = require('escape-html');
const slugs = require('some-slugs');
const { tidy } = require('@other/words');

app.get('/through', async (req, res) => {
  await pool.query(`SELECT id FROM items WHERE name = '${slugs(req.query.name)}'`); // vuln: javascript-sql-injection
  await pool.query(`SELECT id FROM items WHERE name = '${tidy({ text: req.query.name })}'`); // vuln: javascript-sql-injection
  await pool.query(`SELECT id FROM items WHERE name = '${slugs('chair')}'`); // safe: javascript-sql-injection
  const helper = new slugs.Maker(req.query.name);
  await pool.query(`SELECT id FROM items WHERE name = '${helper.text}'`); // vuln: javascript-sql-injection
  res.end();
});

app.get('/masks', (req, res) => {
  res.send(`<p>${tidy(escapeHtml(req.query.name))}</p>`); // safe: javascript-cross-site-scripting
});

app.get('/untouched', async (req, res) => {
  const name = 'chair';
  tidy(name, req.query.name);
  await pool.query(`SELECT id FROM items WHERE name = '${name}'`); // safe: javascript-sql-injection
  res.end();
});
