// Objects and maps of functions, chosen by key.
const express = require('express');
const { Pool } = require('pg');

const app = express();
const pool = new Pool();
app.use(express.json());

const find = (name) => pool.query(`SELECT id FROM items WHERE name = '${name}'`); // vuln: javascript-sql-injection
const bound = (name) => pool.query('SELECT id FROM items WHERE name = $1', [name]); // safe: javascript-sql-injection
const later = (name) => pool.query(`SELECT id FROM orders WHERE name = '${name}'`); // vuln: javascript-sql-injection

const ACTIONS = { find, bound };
const BY_NAME = new Map([['later', later]]);

app.get('/object', async (req, res) => res.json(await ACTIONS.find(req.query.name)));
app.get('/other', async (req, res) => res.json(await ACTIONS.bound(req.query.name)));
app.get('/map', async (req, res) => res.json(await BY_NAME.get('later')(req.query.name)));

const FORMATS = {
  upper: (text) => text.toUpperCase(),
  size: (text) => text.length,
};

app.get('/format', async (req, res) => {
  const text = FORMATS.upper(req.query.name);
  await pool.query(`SELECT id FROM items WHERE name = '${text}'`); // vuln: javascript-sql-injection
  await pool.query(`SELECT id FROM items LIMIT ${FORMATS.size(req.query.name)}`); // safe: javascript-sql-injection
  res.end();
});

class Csv {
  write(name) {
    return pool.query(`SELECT id FROM exports WHERE name = '${name}'`); // vuln: javascript-sql-injection
  }
}

const WRITERS = { csv: Csv };

app.get('/class', async (req, res) => {
  const Writer = WRITERS.csv;
  res.json(await new Writer().write(req.query.name));
});
