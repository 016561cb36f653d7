// Functions as values: returned, kept in properties and arrays, renamed.
const express = require('express');
const { Pool } = require('pg');

const app = express();
const pool = new Pool();
app.use(express.json());

function shout(text) {
  return text.toUpperCase();
}

function size(text) {
  return text.length;
}

function chooser(kind) {
  if (kind === 'size') {
    return size;
  }
  return size;
}

const run = pool.query.bind(pool);
const look = shout;

class Formatter {
  constructor(change) {
    this.change = change;
  }

  apply(text) {
    return this.change(text);
  }
}

app.get('/renamed', async (req, res) => {
  await pool.query(`SELECT id FROM items WHERE name = '${look(req.query.name)}'`); // vuln: javascript-sql-injection
  await pool.query(`SELECT id FROM items LIMIT ${chooser('x')(req.query.name)}`); // safe: javascript-sql-injection
  res.end();
});

app.get('/bound', async (req, res) => {
  await run(`SELECT id FROM items WHERE name = '${req.query.name}'`); // vuln: javascript-sql-injection
  await run('SELECT id FROM items WHERE name = $1', [req.query.name]); // safe: javascript-sql-injection
  res.end();
});

app.get('/property', async (req, res) => {
  const formatter = new Formatter(shout);
  await pool.query(`SELECT id FROM items WHERE name = '${formatter.apply(req.query.name)}'`); // vuln: javascript-sql-injection
  res.end();
});

app.get('/array', async (req, res) => {
  const changes = [shout, (text) => `${text}!`];
  await pool.query(`SELECT id FROM items WHERE name = '${changes[1](req.query.name)}'`); // vuln: javascript-sql-injection
  const counts = [size];
  await pool.query(`SELECT id FROM items LIMIT ${counts[0](req.query.name)}`); // safe: javascript-sql-injection
  res.end();
});

app.get('/composed', async (req, res) => {
  const compose = (first, second) => (value) => second(first(value));
  const both = compose(shout, (text) => text.trim());
  await pool.query(`SELECT id FROM items WHERE name = '${both(req.query.name)}'`); // vuln: javascript-sql-injection
  res.end();
});
