// Functions in functions: captured variables, factories, counters, immediately called ones.
const express = require('express');
const { Pool } = require('pg');

const app = express();
const pool = new Pool();
app.use(express.json());

function finder(name) {
  return () => pool.query("SELECT id FROM items WHERE name = '" + name + "'"); // vuln: javascript-sql-injection
}

function fixedFinder(name) {
  const wanted = 'chair';
  return () => pool.query("SELECT id FROM items WHERE name = '" + wanted + "'", [name]); // safe: javascript-sql-injection
}

const limited = (table) => (column) => (value) => `SELECT id FROM ${table} WHERE ${column} = '${value}'`;

app.get('/factory', (req, res) => {
  finder(req.query.name)();
  fixedFinder(req.query.name)();
  res.end();
});

app.get('/curried', (req, res) => {
  pool.query(limited('items')('name')(req.query.name)); // vuln: javascript-sql-injection
  pool.query(limited('items')('name')('chair')); // safe: javascript-sql-injection
  res.end();
});

app.get('/inner', (req, res) => {
  const name = req.query.name;
  function statement() {
    return "SELECT id FROM items WHERE name = '" + name + "'";
  }
  pool.query(statement()); // vuln: javascript-sql-injection
  res.end();
});

app.get('/assigned', (req, res) => {
  let name = 'chair';
  const choose = () => {
    name = req.query.name;
  };
  choose();
  pool.query("SELECT id FROM items WHERE name = '" + name + "'"); // vuln: javascript-sql-injection
  res.end();
});

app.get('/immediate', (req, res) => {
  const text = ((name) => `SELECT id FROM items WHERE name = '${name}'`)(req.query.name);
  pool.query(text); // vuln: javascript-sql-injection
  (function run() {
    pool.query("SELECT id FROM items WHERE name = 'chair'"); // safe: javascript-sql-injection
  })();
  res.end();
});

const cache = (() => {
  const known = { last: 'chair' };
  return {
    keep: (name) => {
      known.last = name;
    },
    text: () => known.last,
  };
})();

app.get('/module-pattern', (req, res) => {
  cache.keep(req.query.name);
  pool.query("SELECT id FROM items WHERE name = '" + cache.text() + "'"); // vuln: javascript-sql-injection
  res.end();
});
