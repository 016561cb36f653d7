// Fields of classes: static ones shared by all, those that each object gets, private ones.
const express = require('express');
const { Pool } = require('pg');

const app = express();
const pool = new Pool();
app.use(express.json());

class Settings {
  static table = 'items';
  static last = '';
  order = 'name';
  #note = '';

  remember(note) {
    this.#note = note;
    Settings.last = note;
  }

  get text() {
    return this.#note;
  }

  listing() {
    return `SELECT id FROM ${Settings.table} ORDER BY ${this.order}`;
  }
}

const Limits = Object.freeze({ SMALL: 10, LARGE: 100 });

app.get('/constants', async (req, res) => {
  const settings = new Settings();
  await pool.query(settings.listing() + ' LIMIT ' + Limits.SMALL); // safe: javascript-sql-injection
  res.end();
});

app.get('/private', async (req, res) => {
  const settings = new Settings();
  settings.remember(req.query.note);
  await pool.query("SELECT id FROM items WHERE note = '" + settings.text + "'"); // vuln: javascript-sql-injection
  res.end();
});

app.get('/shared', async (req, res) => {
  await pool.query("SELECT id FROM items WHERE note = '" + Settings.last + "'"); // vuln: javascript-sql-injection
  res.end();
});

class Sorted {
  order = 'name';

  by(column) {
    this.order = column;
    return this;
  }

  find() {
    return pool.query(`SELECT id FROM items ORDER BY ${this.order}`); // vuln: javascript-sql-injection
  }
}

app.get('/sorted', async (req, res) => res.json(await new Sorted().by(req.query.by).find()));

class Frozen {
  table = 'items';

  find() {
    return pool.query(`SELECT id FROM ${this.table}`); // safe: javascript-sql-injection
  }
}

app.get('/frozen', async (req, res) => res.json(await new Frozen().find(req.query.table)));
