// Definitions in definitions: functions used before they are written, classes in functions, methods of objects.
const express = require('express');
const { Pool } = require('pg');

const app = express();
const pool = new Pool();
app.use(express.json());

app.get('/hoisted', async (req, res) => {
  await pool.query(statement(req.query.name)); // vuln: javascript-sql-injection
  res.end();

  function statement(name) {
    return `SELECT id FROM items WHERE name = '${name}'`;
  }
});

app.get('/class', async (req, res) => {
  const name = req.query.name;
  class Finder {
    text() {
      return `SELECT id FROM items WHERE name = '${name}'`;
    }

    table() {
      return 'SELECT id FROM items';
    }
  }
  await pool.query(new Finder().text()); // vuln: javascript-sql-injection
  await pool.query(new Finder().table()); // safe: javascript-sql-injection
  res.end();
});

const service = {
  table: 'items',
  text(name) {
    return `SELECT id FROM ${this.table} WHERE name = '${name}'`;
  },
  nested: {
    run: (name) => pool.query(`SELECT id FROM items WHERE name = '${name}'`), // vuln: javascript-sql-injection
    count: (name) => pool.query('SELECT count(*) FROM items WHERE name = $1', [name]), // safe: javascript-sql-injection
  },
};

app.get('/object', async (req, res) => {
  await pool.query(service.text(req.query.name)); // vuln: javascript-sql-injection
  await service.nested.run(req.query.name);
  await service.nested.count(req.query.name);
  res.end();
});
