// Coroutines: what is awaited, for await, functions that return promises, several at once.
const express = require('express');
const { Pool } = require('pg');

const app = express();
const pool = new Pool();
app.use(express.json());

const later = (value) => new Promise((resolve) => setTimeout(() => resolve(value), 10));

async function wanted(req) {
  return req.query.name;
}

async function constant(req) {
  await later(req.query.name);
  return 'chair';
}

async function* pages(words) {
  for (const word of words) {
    yield word.trim();
  }
}

app.get('/awaited', async (req, res) => {
  const name = await wanted(req);
  const found = await pool.query("SELECT id FROM items WHERE name = '" + name + "'"); // vuln: javascript-sql-injection
  res.json(found.rows);
});

app.get('/constant', async (req, res) => {
  const name = await constant(req);
  const found = await pool.query("SELECT id FROM items WHERE name = '" + name + "'"); // safe: javascript-sql-injection
  res.json(found.rows);
});

app.get('/all', async (req, res) => {
  const [first, second] = await Promise.all([wanted(req), constant(req)]);
  await pool.query("SELECT id FROM items WHERE name = '" + first + "'"); // vuln: javascript-sql-injection
  await pool.query("SELECT id FROM items WHERE name = '" + second + "'"); // safe: javascript-sql-injection
  res.end();
});

app.get('/for-await', async (req, res) => {
  for await (const word of pages(req.query.words.split(','))) {
    await pool.query(`SELECT id FROM items WHERE name = '${word}'`); // vuln: javascript-sql-injection
  }
  for await (const word of pages(['chair', 'table'])) {
    await pool.query(`SELECT id FROM items WHERE name = '${word}'`); // safe: javascript-sql-injection
  }
  res.end();
});

app.get('/resolved', async (req, res) => {
  const name = await later(req.query.name);
  await pool.query("SELECT id FROM items WHERE name = '" + name + "'"); // vuln: javascript-sql-injection
  const number = await later(Number(req.query.id));
  await pool.query(`SELECT id FROM items WHERE id = ${number}`); // safe: javascript-sql-injection
  res.end();
});

app.get('/not-awaited', async (req, res) => {
  const pending = wanted(req);
  console.time('work');
  await pool.query("SELECT id FROM items WHERE name = '" + (await pending) + "'"); // vuln: javascript-sql-injection
  res.end();
});

class Finder {
  async find(name) {
    return (await pool.query(`SELECT id FROM items WHERE name = '${name}'`)).rows; // vuln: javascript-sql-injection
  }
}

app.get('/method', async (req, res) => res.json(await new Finder().find(req.query.name)));
