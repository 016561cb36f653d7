// Functions handed to functions: of the program, of timers, stored and called later, in the style of Node.
const express = require('express');
const { Pool } = require('pg');

const app = express();
const pool = new Pool();
app.use(express.json());
const fs = require('fs');

function withName(req, use) {
  return use(req.query.name);
}

function withConstant(use) {
  return use('chair');
}

function twice(value, change) {
  return change(change(value));
}

class Jobs {
  constructor() {
    this.pending = [];
  }

  add(job) {
    this.pending.push(job);
  }

  run(value) {
    for (const job of this.pending) {
      job(value);
    }
  }
}

app.get('/given', (req, res) => {
  withName(req, (name) => {
    pool.query("SELECT id FROM items WHERE name = '" + name + "'"); // vuln: javascript-sql-injection
  });
  res.end();
});

app.get('/constant', (req, res) => {
  withConstant((name) => {
    pool.query("SELECT id FROM items WHERE name = '" + name + "'"); // safe: javascript-sql-injection
  });
  res.end();
});

app.get('/changed', (req, res) => {
  const name = twice(req.query.name, (text) => text.trim());
  pool.query("SELECT id FROM items WHERE name = '" + name + "'"); // vuln: javascript-sql-injection
  res.end();
});

app.get('/captured', (req, res) => {
  const name = req.query.name;
  setTimeout(() => {
    pool.query("SELECT id FROM items WHERE name = '" + name + "'"); // vuln: javascript-sql-injection
    res.end();
  }, 10);
});

app.get('/stored', (req, res) => {
  const jobs = new Jobs();
  jobs.add((name) => pool.query("SELECT id FROM items WHERE name = '" + name + "'")); // vuln: javascript-sql-injection
  jobs.run(req.query.name);
  res.end();
});

app.get('/timer-argument', (req, res) => {
  setTimeout((name) => pool.query("SELECT id FROM items WHERE name = '" + name + "'"), 10, req.query.name); // vuln: javascript-sql-injection
  setTimeout((name) => pool.query("SELECT id FROM items WHERE name = '" + name + "'"), 10, 'chair'); // safe: javascript-sql-injection
  res.end();
});

function load(name, done) {
  if (!name) {
    return done(new Error('no name'));
  }
  return done(null, name.toLowerCase(), name.length);
}

app.get('/node-style', (req, res) => {
  load(req.query.name, (error, name, size) => {
    pool.query("SELECT id FROM items WHERE name = '" + name + "'"); // vuln: javascript-sql-injection
    pool.query('SELECT id FROM items LIMIT ' + size); // safe: javascript-sql-injection
    res.end();
  });
});

app.get('/file', (req, res) => {
  const name = req.query.name;
  fs.readFile('/srv/notes.txt', 'utf8', (error, text) => {
    if (error) {
      return res.end();
    }
    pool.query('INSERT INTO notes VALUES ($1, $2)', [name, text]); // safe: javascript-sql-injection
    return pool.query("SELECT id FROM items WHERE name = '" + name + "'", () => res.end()); // vuln: javascript-sql-injection
  });
});

const handlers = { found: (name) => pool.query(`SELECT id FROM items WHERE name = '${name}'`) }; // vuln: javascript-sql-injection

app.get('/in-object', (req, res) => {
  handlers.found(req.query.name);
  res.end();
});
