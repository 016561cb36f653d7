// Modules that are loaded under a condition, in a function, or with a stand-in.
const express = require('express');
const { Pool } = require('pg');

const app = express();
const pool = new Pool();
app.use(express.json());

let store;
try {
  store = require('./store');
} catch (error) {
  store = null;
}

const quick = process.env.QUICK ? require('./quick') : require('./slow');

function lazy() {
  const { find } = require('./store');
  return find;
}

app.get('/tried', (req, res) => {
  store.find(req.query.name);
  res.end();
});

app.get('/chosen', (req, res) => {
  quick.look(req.query.name);
  res.end();
});

app.get('/lazy', (req, res) => {
  lazy()(req.query.name);
  pool.query(`SELECT id FROM items LIMIT ${Number(req.query.limit)}`); // safe: javascript-sql-injection
  res.end();
});
