// Event emitters: handlers of the program's own events, classes that extend EventEmitter, once and off.
const express = require('express');
const { Pool } = require('pg');

const app = express();
const pool = new Pool();
app.use(express.json());
const EventEmitter = require('events');

const bus = new EventEmitter();

bus.on('name', (name) => {
  pool.query(`SELECT id FROM items WHERE name = '${name}'`); // vuln: javascript-sql-injection
});

bus.once('fixed', (name) => {
  pool.query(`SELECT id FROM items WHERE name = '${name}'`); // safe: javascript-sql-injection
});

bus.on('pair', (kind, name) => {
  pool.query(`SELECT id FROM items WHERE kind = '${kind}'`); // safe: javascript-sql-injection
  pool.query(`SELECT id FROM items WHERE name = '${name}'`); // vuln: javascript-sql-injection
});

class Search extends EventEmitter {
  constructor() {
    super();
    this.on('found', this.note);
  }

  run(name) {
    this.emit('found', name);
  }

  note(name) {
    pool.query(`INSERT INTO log VALUES ('${name}')`); // vuln: javascript-sql-injection
  }
}

app.get('/emit', (req, res) => {
  bus.emit('name', req.query.name);
  bus.emit('fixed', 'chair');
  bus.emit('pair', 'chair', req.query.name);
  new Search().run(req.query.name);
  res.end();
});

bus.on('added', ({ name, at }) => {
  pool.query(`INSERT INTO items VALUES ('${name}')`); // vuln: javascript-sql-injection
  pool.query(`INSERT INTO log VALUES (${at})`); // safe: javascript-sql-injection
});

app.post('/add', (req, res) => {
  bus.emit('added', { name: req.body.name, at: Date.now() });
  res.end();
});
