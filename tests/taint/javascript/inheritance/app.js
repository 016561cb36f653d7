// Inheritance in one file: inherited methods, super, overriding, mixins, instanceof.
const express = require('express');
const { Pool } = require('pg');

const app = express();
const pool = new Pool();
app.use(express.json());

class Base {
  constructor(name) {
    this.name = name;
  }

  text() {
    return `'${this.name}'`;
  }

  find() {
    return pool.query(`SELECT id FROM items WHERE name = ${this.text()}`); // vuln: javascript-sql-injection
  }
}

class Safe extends Base {
  text() {
    return '$1';
  }

  find() {
    return pool.query(`SELECT id FROM items WHERE name = ${this.text()}`, [this.name]); // safe: javascript-sql-injection
  }
}

class Louder extends Base {
  constructor(name) {
    super(name.toUpperCase());
    this.sort = 'id';
  }

  find() {
    return super.find();
  }

  sorted() {
    return pool.query(`SELECT id FROM items ORDER BY ${this.sort}`); // safe: javascript-sql-injection
  }
}

const Named = (Parent) =>
  class extends Parent {
    byName(name) {
      return pool.query(`SELECT id FROM items WHERE name = '${name}'`); // vuln: javascript-sql-injection
    }
  };

class Items extends Named(Object) {}

app.get('/base', async (req, res) => res.json(await new Base(req.query.name).find()));
app.get('/safe', async (req, res) => res.json(await new Safe(req.query.name).find()));
app.get('/louder', async (req, res) => res.json(await new Louder(req.query.name).find()));
app.get('/sorted', async (req, res) => res.json(await new Louder(req.query.name).sorted()));
app.get('/mixin', async (req, res) => res.json(await new Items().byName(req.query.name)));
