// Calls that may reach one of several functions or methods.
const express = require('express');
const { Pool } = require('pg');

const app = express();
const pool = new Pool();
app.use(express.json());

const quoted = (name) => `SELECT id FROM items WHERE name = '${name}'`;
const counted = (name) => `SELECT id FROM items LIMIT ${name.length}`;

class Plain {
  find(name) {
    return pool.query(`SELECT id FROM items WHERE name = '${name}'`); // vuln: javascript-sql-injection
  }
}

class Bound {
  find(name) {
    return pool.query('SELECT id FROM items WHERE name = $1', [name]); // safe: javascript-sql-injection
  }
}

class Loud {
  find(name) {
    return pool.query(`SELECT id FROM items WHERE name = '${name.toUpperCase()}'`); // vuln: javascript-sql-injection
  }
}

app.get('/either', async (req, res) => {
  const build = req.query.quick ? counted : quoted;
  await pool.query(build(req.query.name)); // vuln: javascript-sql-injection
  res.end();
});

app.get('/class', async (req, res) => {
  let store = new Bound();
  if (req.query.plain) {
    store = new Plain();
  }
  res.json(await store.find(req.query.name));
});

function make(kind) {
  if (kind === 'loud') {
    return new Loud();
  }
  return new Bound();
}

app.get('/factory', async (req, res) => res.json(await make(req.query.kind).find(req.query.name)));

const TABLE = { quoted, counted };

app.get('/table', async (req, res) => {
  const build = Object.hasOwn(TABLE, req.query.kind) ? TABLE[req.query.kind] : counted;
  await pool.query(build(req.query.name)); // vuln: javascript-sql-injection
  res.end();
});
