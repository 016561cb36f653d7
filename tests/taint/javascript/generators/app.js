// Generators that hand on what they are given: yield, yield*, next with a value, iteration by hand.
const express = require('express');
const { Pool } = require('pg');

const app = express();
const pool = new Pool();
app.use(express.json());

function* words(text) {
  for (const word of text.split(' ')) {
    yield word;
  }
}

function* both(text) {
  yield 'chair';
  yield* words(text);
}

function* numbers(text) {
  for (const word of text.split(' ')) {
    yield Number(word);
  }
}

function* echo() {
  const given = yield 'ready';
  yield given;
}

app.get('/yield', async (req, res) => {
  for (const word of words(req.query.text)) {
    await pool.query(`SELECT id FROM items WHERE name = '${word}'`); // vuln: javascript-sql-injection
  }
  for (const number of numbers(req.query.text)) {
    await pool.query(`SELECT id FROM items WHERE id = ${number}`); // safe: javascript-sql-injection
  }
  res.end();
});

app.get('/delegated', async (req, res) => {
  for (const word of both(req.query.text)) {
    await pool.query(`SELECT id FROM items WHERE name = '${word}'`); // vuln: javascript-sql-injection
  }
  res.end();
});

app.get('/spread', async (req, res) => {
  const [first] = [...words(req.query.text)];
  await pool.query(`SELECT id FROM items WHERE name = '${first}'`); // vuln: javascript-sql-injection
  const all = Array.from(numbers(req.query.text));
  await pool.query(`SELECT id FROM items WHERE id = ${all[0]}`); // safe: javascript-sql-injection
  res.end();
});

app.get('/by-hand', async (req, res) => {
  const iterator = words(req.query.text);
  const { value } = iterator.next();
  await pool.query(`SELECT id FROM items WHERE name = '${value}'`); // vuln: javascript-sql-injection
  res.end();
});

app.get('/sent', async (req, res) => {
  const talk = echo();
  talk.next();
  await pool.query(`SELECT id FROM items WHERE name = '${talk.next(req.query.name).value}'`); // vuln: javascript-sql-injection
  res.end();
});
