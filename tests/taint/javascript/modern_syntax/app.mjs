// Newer syntax: private methods, static blocks, numeric separators, top-level await, import attributes, using regular expression flags.
import express from 'express';
import { Pool } from 'pg';

const app = express();
const pool = new Pool();
await pool.connect();

class Finder {
  static #prefix;
  #note = 'fixed';

  static {
    Finder.#prefix = 'SELECT id FROM items';
  }

  #text(name) {
    return `${Finder.#prefix} WHERE name = '${name}'`;
  }

  has(other) {
    return #note in other;
  }

  find(name) {
    return pool.query(this.#text(name)); // vuln: javascript-sql-injection
  }

  fixed() {
    return pool.query(`${Finder.#prefix} WHERE note = '${this.#note}' LIMIT ${1_000}`); // safe: javascript-sql-injection
  }
}

app.get('/find', async (req, res) => {
  const finder = new Finder();
  res.json([await finder.find(req.query?.name), await finder.fixed(req.query.name)]);
});

app.get('/grouped', async (req, res) => {
  const names = req.query.names.split(',').toSorted().findLast((name) => name);
  await pool.query(`SELECT id FROM items WHERE name = '${names}'`); // vuln: javascript-sql-injection
  const groups = Object.groupBy([1, 2], (number) => (number > 1 ? 'many' : 'one'));
  await pool.query(`SELECT id FROM items LIMIT ${groups.one}`); // safe: javascript-sql-injection
  res.end();
});

app.get('/named-groups', async (req, res) => {
  const { groups } = /(?<year>\d{4})-(?<rest>.*)/u.exec(req.query.day);
  await pool.query(`SELECT id FROM items WHERE note = '${groups.rest}'`); // vuln: javascript-sql-injection
  res.end();
});
