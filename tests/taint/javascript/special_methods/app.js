// Methods that the language calls: toString, valueOf, toJSON, Symbol.iterator, Symbol.toPrimitive, Proxy.
const express = require('express');
const { Pool } = require('pg');

const app = express();
const pool = new Pool();
app.use(express.json());

class Name {
  constructor(text) {
    this.text = text;
  }

  toString() {
    return `'${this.text}'`;
  }
}

class Count {
  constructor(text) {
    this.text = text;
  }

  toString() {
    return String(this.text.length);
  }
}

class Words {
  constructor(text) {
    this.text = text;
  }

  *[Symbol.iterator]() {
    yield* this.text.split(' ');
  }
}

class Hidden {
  constructor(text) {
    this.secret = text;
  }

  toJSON() {
    return { kind: 'hidden' };
  }
}

app.get('/to-string', async (req, res) => {
  await pool.query(`SELECT id FROM items WHERE name = ${new Name(req.query.name)}`); // vuln: javascript-sql-injection
  await pool.query('SELECT id FROM items WHERE name = ' + new Name(req.query.name)); // vuln: javascript-sql-injection
  await pool.query(`SELECT id FROM items LIMIT ${new Count(req.query.name)}`); // safe: javascript-sql-injection
  res.end();
});

app.get('/iterator', async (req, res) => {
  for (const word of new Words(req.query.text)) {
    await pool.query(`SELECT id FROM items WHERE name = '${word}'`); // vuln: javascript-sql-injection
  }
  res.end();
});

app.get('/to-json', async (req, res) => {
  await pool.query(`SELECT id FROM items WHERE note = '${JSON.stringify(new Hidden(req.query.note))}'`); // safe: javascript-sql-injection
  res.end();
});

app.get('/proxy', async (req, res) => {
  const values = new Proxy({ name: req.query.name }, {});
  await pool.query(`SELECT id FROM items WHERE name = '${values.name}'`); // vuln: javascript-sql-injection
  res.end();
});
