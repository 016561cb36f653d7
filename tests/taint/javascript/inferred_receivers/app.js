// Receivers whose class is inferred: from constructors, properties and return values. A method of the same name elsewhere is no sink.
const express = require('express');
const mysql = require('mysql2');
const { Client } = require('pg');

const app = express();

class Search {
  constructor() {
    this.backend = mysql.createConnection({ host: 'db.example' });
    this.index = new Index();
  }

  rows(name) {
    return this.backend.query(`SELECT id FROM items WHERE name = '${name}'`); // vuln: javascript-sql-injection
  }

  words(name) {
    return this.index.query(`SELECT ${name}`); // safe: javascript-sql-injection
  }
}

class Index {
  query(text) {
    return text.split(' ');
  }
}

function open() {
  const client = new Client();
  client.connect();
  return client;
}

const opened = open();
const matcher = /name=(\w+)/;

app.get('/attribute', (req, res) => {
  const search = new Search();
  search.rows(req.query.name);
  search.words(req.query.name);
  res.end();
});

app.get('/returned', async (req, res) => {
  await opened.query(`SELECT id FROM items WHERE name = '${req.query.name}'`); // vuln: javascript-sql-injection
  await open().query(`SELECT id FROM items WHERE note = '${req.query.name}'`); // vuln: javascript-sql-injection
  res.end();
});

app.get('/regex', (req, res) => {
  const found = matcher.exec(`name=${req.query.name}`); // safe: javascript-command-injection
  res.json(found);
});

app.get('/pooled', (req, res) => {
  const pool = mysql.createPool({ host: 'db.example' });
  pool.getConnection((error, connection) => {
    connection.query(`SELECT id FROM items WHERE name = '${req.query.name}'`, () => res.end()); // vuln: javascript-sql-injection
  });
});

app.get('/parameters', (req, res) => {
  const run = (database) => database.query('SELECT id FROM items WHERE name = ?', [req.query.name]); // safe: javascript-sql-injection
  run(mysql.createConnection({ host: 'db.example' }));
  res.end();
});

class Registry {
  constructor(uplinks) {
    this.uplinks = uplinks;
  }

  search(options) {
    return Object.keys(this.uplinks).map((name) => this.uplinks[name].search(options)); // safe: javascript-regex-from-input
  }

  find(word) {
    return Object.keys(this.uplinks).map((name) => this.uplinks[name].search(word)); // vuln: javascript-regex-from-input
  }
}

const registry = new Registry(JSON.parse(process.env.UPLINKS));

app.get('/uplinks', (req, res) => {
  res.json([registry.search({ url: req.url, limit: 20 }), registry.find(req.query.word)]);
});
