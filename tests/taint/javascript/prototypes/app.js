// Constructor functions and prototypes: methods, inheritance in the old way, Object.assign on a prototype, Object.create.
const express = require('express');
const { Pool } = require('pg');

const app = express();
const pool = new Pool();
app.use(express.json());
const util = require('util');

function Store(table) {
  this.table = table;
  this.order = 'id';
}

Store.prototype.find = function (name) {
  return pool.query(`SELECT id FROM ${this.table} WHERE name = '${name}'`); // vuln: javascript-sql-injection
};

Store.prototype.all = function () {
  return pool.query(`SELECT id FROM ${this.table} ORDER BY ${this.order}`); // safe: javascript-sql-injection
};

Object.assign(Store.prototype, {
  latest(name) {
    return pool.query(`SELECT id FROM items WHERE name = '${name}' LIMIT 1`); // vuln: javascript-sql-injection
  },
});

Store.open = function (name) {
  const store = new Store('items');
  store.given = name;
  return store;
};

Store.prototype.again = function () {
  return pool.query(`SELECT id FROM items WHERE name = '${this.given}'`); // vuln: javascript-sql-injection
};

function Notes() {
  Store.call(this, 'notes');
}

util.inherits(Notes, Store);

Notes.prototype.text = function (text) {
  return pool.query(`SELECT id FROM ${this.table} WHERE text = '${text}'`); // vuln: javascript-sql-injection
};

function Safe() {}

Safe.prototype = Object.create(Store.prototype);
Safe.prototype.constructor = Safe;
Safe.prototype.find = function (name) {
  return pool.query('SELECT id FROM items WHERE name = $1', [name]); // safe: javascript-sql-injection
};

app.get('/find', async (req, res) => res.json(await new Store('items').find(req.query.name)));
app.get('/all', async (req, res) => res.json(await new Store('items').all(req.query.name)));
app.get('/latest', async (req, res) => res.json(await new Store('items').latest(req.query.name)));
app.get('/open', async (req, res) => res.json(await Store.open(req.query.name).again()));
app.get('/notes', async (req, res) => res.json(await new Notes().text(req.query.text)));
app.get('/inherited', async (req, res) => res.json(await new Notes().find(req.query.name)));
app.get('/safe', async (req, res) => res.json(await new Safe().find(req.query.name)));
