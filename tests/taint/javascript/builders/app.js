// Method chains and builders that return themselves.
const express = require('express');
const { Pool } = require('pg');

const app = express();
const pool = new Pool();
app.use(express.json());

class Query {
  constructor(table) {
    this.table = table;
    this.parts = [];
    this.values = [];
  }

  where(text) {
    this.parts.push(text);
    return this;
  }

  bind(value) {
    this.values.push(value);
    return this;
  }

  text() {
    return `SELECT id FROM ${this.table} WHERE ${this.parts.join(' AND ')}`;
  }
}

class Bound {
  constructor() {
    this.values = [];
  }

  equals(value) {
    this.values.push(value);
    return this;
  }

  text() {
    return `SELECT id FROM items WHERE name IN (${this.values.map((_, index) => `$${index + 1}`).join(', ')})`;
  }
}

const count = () => {
  let text = 'SELECT count(*) FROM items';
  return {
    of(column) {
      text = `SELECT count(${column}) FROM items`;
      return this;
    },
    text: () => text,
  };
};

app.get('/where', async (req, res) => {
  const query = new Query('items').where('deleted = false').where(`name = '${req.query.name}'`);
  res.json(await pool.query(query.text())); // vuln: javascript-sql-injection
});

app.get('/bound', async (req, res) => {
  const query = new Bound().equals(req.query.name).equals(req.query.other);
  res.json(await pool.query(query.text(), query.values)); // safe: javascript-sql-injection
});

app.get('/text', async (req, res) => {
  const text = 'SELECT id FROM items WHERE name = '.concat("'", req.query.name, "'").trim();
  res.json(await pool.query(text)); // vuln: javascript-sql-injection
});

app.get('/object', async (req, res) => {
  res.json(await pool.query(count().of(req.query.column).text())); // vuln: javascript-sql-injection
});

app.get('/number', async (req, res) => {
  res.json(await pool.query('SELECT id FROM items LIMIT '.concat(Number(req.query.limit)))); // safe: javascript-sql-injection
});
