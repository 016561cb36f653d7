// Data kept in objects: set in the constructor or later, used in other methods, of objects in objects.
const express = require('express');
const { Pool } = require('pg');

const app = express();
const pool = new Pool();
app.use(express.json());

class Filter {
  constructor(name, limit) {
    this.name = name;
    this.limit = limit;
  }

  clause() {
    return `name = '${this.name}'`;
  }
}

class Search {
  constructor() {
    this.filter = null;
    this.table = 'items';
  }

  use(filter) {
    this.filter = filter;
  }

  run() {
    return pool.query(`SELECT id FROM ${this.table} WHERE ${this.filter.clause()}`); // vuln: javascript-sql-injection
  }

  all() {
    return pool.query(`SELECT id FROM ${this.table}`); // safe: javascript-sql-injection
  }

  page() {
    return pool.query(`SELECT id FROM items LIMIT ${this.filter.limit}`); // safe: javascript-sql-injection
  }
}

app.get('/search', async (req, res) => {
  const search = new Search();
  search.use(new Filter(req.query.name, Number(req.query.limit)));
  await search.run();
  await search.all();
  await search.page();
  res.end();
});

app.get('/later', async (req, res) => {
  const filter = new Filter('chair', 1);
  filter.order = req.query.order;
  await pool.query(`SELECT id FROM items ORDER BY ${filter.order}`); // vuln: javascript-sql-injection
  res.end();
});

app.get('/plain', async (req, res) => {
  const view = { title: 'Items', rows: { sort: req.query.sort } };
  await pool.query(`SELECT id FROM items ORDER BY ${view.rows.sort}`); // vuln: javascript-sql-injection
  await pool.query(`SELECT '${view.title}'`); // safe: javascript-sql-injection
  res.end();
});
