// Tests of variables that belong to a function around the one that tests them, or to the module.
const express = require('express');
const { Pool } = require('pg');

const app = express();
const pool = new Pool();

app.get('/inside', (req, res) => {
  const column = req.query.column;
  const sorted = () => {
    if (['id', 'name'].includes(column)) {
      return pool.query(`SELECT id FROM items ORDER BY ${column}`); // safe: javascript-sql-injection
    }
    return pool.query(`SELECT id FROM items ORDER BY ${column}, id`); // vuln: javascript-sql-injection
  };
  sorted().then((rows) => res.json(rows));
});

app.get('/leaving', (req, res, next) => {
  const id = req.query.id;
  pool.connect().then((client) => {
    if (!/^\d+$/.test(id)) {
      return next();
    }
    return client.query(`SELECT name FROM items WHERE id = ${id}`); // safe: javascript-sql-injection
  });
});

app.get('/another', (req, res) => {
  const id = req.query.id;
  const kind = req.query.kind;
  setImmediate(() => {
    if (kind === 'chair') {
      pool.query(`SELECT name FROM items WHERE id = ${id} AND kind = '${kind}'`); // vuln: javascript-sql-injection
    }
  });
  res.end();
});

app.get('/changed', (req, res) => {
  let id = req.query.id;
  const find = () => {
    if (/^\d+$/.test(id)) {
      id = req.query.name;
      pool.query(`SELECT name FROM items WHERE id = ${id}`); // vuln: javascript-sql-injection
    }
  };
  find();
  res.end();
});
