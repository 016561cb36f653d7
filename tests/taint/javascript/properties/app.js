// Getters and setters: computed from untrusted fields, static ones, in object displays, by defineProperty.
const express = require('express');
const { Pool } = require('pg');

const app = express();
const pool = new Pool();
app.use(express.json());

class Filter {
  constructor(name) {
    this._name = name;
    this._order = 'id';
  }

  get clause() {
    return `name = '${this._name}'`;
  }

  get size() {
    return this._name.length;
  }

  set order(value) {
    this._order = value;
  }

  get order() {
    return this._order;
  }

  static get table() {
    return 'items';
  }
}

app.get('/getter', async (req, res) => {
  const filter = new Filter(req.query.name);
  await pool.query(`SELECT id FROM ${Filter.table} WHERE ${filter.clause}`); // vuln: javascript-sql-injection
  await pool.query(`SELECT id FROM ${Filter.table} LIMIT ${filter.size}`); // safe: javascript-sql-injection
  res.end();
});

app.get('/setter', async (req, res) => {
  const filter = new Filter('chair');
  filter.order = req.query.order;
  await pool.query(`SELECT id FROM items ORDER BY ${filter.order}`); // vuln: javascript-sql-injection
  res.end();
});

app.get('/checked-setter', async (req, res) => {
  const column = {
    value: 'id',
    set name(given) {
      if (['id', 'name'].includes(given)) {
        this.value = given;
      }
    },
  };
  column.name = req.query.column;
  await pool.query(`SELECT ${column.value} FROM items`); // safe: javascript-sql-injection
  res.end();
});

app.get('/display', async (req, res) => {
  const name = req.query.name;
  const view = {
    get text() {
      return `SELECT id FROM items WHERE name = '${name}'`;
    },
    get table() {
      return 'items';
    },
  };
  await pool.query(view.text); // vuln: javascript-sql-injection
  await pool.query(`SELECT id FROM ${view.table}`); // safe: javascript-sql-injection
  res.end();
});
