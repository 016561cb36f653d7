// Static methods, factories and private methods.
const express = require('express');
const { Pool } = require('pg');

const app = express();
const pool = new Pool();
app.use(express.json());

class Item {
  static #table = 'items';

  constructor(name) {
    this.name = name;
  }

  static from(row) {
    return new Item(row.name);
  }

  static parse(text) {
    return new this(text.split(':')[1]);
  }

  static byName(name) {
    return pool.query(`SELECT id FROM ${Item.#table} WHERE name = '${name}'`); // vuln: javascript-sql-injection
  }

  static count() {
    return pool.query(`SELECT count(*) FROM ${Item.#table}`); // safe: javascript-sql-injection
  }

  static #quoted(text) {
    return `'${text}'`;
  }

  find() {
    return pool.query('SELECT id FROM items WHERE name = ' + Item.#quoted(this.name)); // vuln: javascript-sql-injection
  }

  size() {
    return pool.query('SELECT id FROM items LIMIT ' + this.name.length); // safe: javascript-sql-injection
  }
}

app.get('/static', async (req, res) => res.json(await Item.byName(req.query.name)));
app.get('/count', async (req, res) => res.json(await Item.count(req.query.name)));
app.get('/factory', async (req, res) => res.json(await Item.from(req.query).find()));
app.get('/parse', async (req, res) => res.json(await Item.parse(req.query.text).size()));
