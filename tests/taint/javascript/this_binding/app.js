// What `this` is: in methods, arrows within methods, callbacks, handlers that are methods, objects.
const express = require('express');
const { Pool } = require('pg');

const app = express();
const pool = new Pool();
app.use(express.json());

class Controller {
  constructor() {
    this.table = 'items';
    this.find = this.find.bind(this);
  }

  find(req, res) {
    this.run(req.query.name);
    res.end();
  }

  run(name) {
    return pool.query(`SELECT id FROM ${this.table} WHERE name = '${name}'`); // vuln: javascript-sql-injection
  }

  look = async (req, res) => {
    await this.note(req.query.note);
    await pool.query(`SELECT id FROM ${this.table}`); // safe: javascript-sql-injection
    res.end();
  };

  note(text) {
    return pool.query(`SELECT id FROM notes WHERE text = '${text}'`); // vuln: javascript-sql-injection
  }

  later(req, res) {
    const self = this;
    setTimeout(function () {
      self.note(req.query.other);
      res.end();
    }, 10);
  }

  nested(req, res) {
    this.name = req.query.name;
    ['a'].forEach(() => {
      pool.query(`SELECT id FROM items WHERE name = '${this.name}'`); // vuln: javascript-sql-injection
    });
    res.end();
  }
}

const controller = new Controller();

app.get('/find', controller.find);
app.get('/look', controller.look);
app.get('/later', controller.later.bind(controller));
app.get('/nested', (req, res) => controller.nested(req, res));

const counter = {
  table: 'items',
  name: '',
  set(name) {
    this.name = name;
    return this;
  },
  text() {
    return `SELECT id FROM items WHERE name = '${this.name}'`;
  },
  fixed() {
    return `SELECT id FROM ${this.table}`;
  },
};

app.get('/object', async (req, res) => {
  await pool.query(counter.set(req.query.name).text()); // vuln: javascript-sql-injection
  await pool.query(counter.fixed()); // safe: javascript-sql-injection
  res.end();
});
