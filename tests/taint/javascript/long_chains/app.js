// Many steps from source to sink, within a function and through many.
const express = require('express');
const { Pool } = require('pg');

const app = express();
const pool = new Pool();
app.use(express.json());

const one = (text) => two(text);
const two = (text) => three({ text });
const three = ({ text }) => four([text]);
const four = ([text]) => five(`${text}`);
const five = (text) => six(text.trim());
const six = (text) => seven(text);
const seven = (text) => eight(text);
const eight = (text) => "SELECT id FROM items WHERE name = '" + text + "'";

const fixed = (text) => ended(text);
const ended = (text) => last(text.length);
const last = (count) => `SELECT id FROM items LIMIT ${count}`;

app.get('/functions', async (req, res) => {
  await pool.query(one(req.query.name)); // vuln: javascript-sql-injection
  await pool.query(fixed(req.query.name)); // safe: javascript-sql-injection
  res.end();
});

app.get('/variables', async (req, res) => {
  const a = req.query.name;
  const b = a;
  const c = [b];
  const d = { c };
  const e = d.c[0];
  const f = e + '';
  let g = 'x';
  g += f;
  const h = g.slice(1);
  const i = `${h}`;
  await pool.query(`SELECT id FROM items WHERE name = '${i}'`); // vuln: javascript-sql-injection
  const j = i.length;
  await pool.query(`SELECT id FROM items LIMIT ${j}`); // safe: javascript-sql-injection
  res.end();
});
