// Conversions whose result carries nothing, and those that look alike.
const express = require('express');
const { Pool } = require('pg');

const app = express();
const pool = new Pool();
app.use(express.json());

app.get('/numbers', async (req, res) => {
  await pool.query(`SELECT id FROM items WHERE id = ${Number(req.query.id)}`); // safe: javascript-sql-injection
  await pool.query(`SELECT id FROM items WHERE id = ${parseInt(req.query.id, 10)}`); // safe: javascript-sql-injection
  await pool.query(`SELECT id FROM items WHERE id = ${Number.parseFloat(req.query.id)}`); // safe: javascript-sql-injection
  await pool.query(`SELECT id FROM items WHERE id = ${+req.query.id}`); // safe: javascript-sql-injection
  await pool.query(`SELECT id FROM items WHERE id = ${req.query.id | 0}`); // safe: javascript-sql-injection
  await pool.query(`SELECT id FROM items WHERE id = ${req.query.id * 1}`); // safe: javascript-sql-injection
  await pool.query(`SELECT id FROM items WHERE id = ${Math.floor(req.query.id)}`); // safe: javascript-sql-injection
  await pool.query(`SELECT id FROM items WHERE id = ${BigInt(req.query.id)}`); // safe: javascript-sql-injection
  await pool.query(`SELECT ${Boolean(req.query.id)} FROM items`); // safe: javascript-sql-injection
  await pool.query(`SELECT id FROM items WHERE at = '${new Date(req.query.at).toISOString()}'`); // safe: javascript-sql-injection
  await pool.query(`SELECT id FROM items WHERE id = ${Number(req.query.id).toFixed(2)}`); // safe: javascript-sql-injection
  res.end();
});

app.get('/texts', async (req, res) => {
  await pool.query(`SELECT id FROM items WHERE id = ${String(req.query.id)}`); // vuln: javascript-sql-injection
  await pool.query(`SELECT id FROM items WHERE id = ${req.query.id + 0}`); // vuln: javascript-sql-injection
  await pool.query(`SELECT id FROM items WHERE id = ${JSON.stringify(req.query.id)}`); // vuln: javascript-sql-injection
  await pool.query(`SELECT id FROM items WHERE id = ${Object(req.query.id)}`); // vuln: javascript-sql-injection
  await pool.query(`SELECT id FROM items WHERE id = ${decodeURIComponent(req.query.id)}`); // vuln: javascript-sql-injection
  await pool.query(`SELECT id FROM items WHERE id = ${Buffer.from(req.query.id, 'base64').toString('utf8')}`); // vuln: javascript-sql-injection
  res.end();
});

class Tickets {
  load(state) {
    this.next = state.next;
  }

  take() {
    const number = this.next++;
    return number;
  }

  peek() {
    return this.next;
  }
}

app.post('/counters', async (req, res) => {
  const tickets = new Tickets();
  tickets.load(req.body);
  let { page } = req.body;
  await pool.query(`SELECT id FROM items WHERE id = ${tickets.take()}`); // safe: javascript-sql-injection
  await pool.query(`SELECT id FROM items WHERE id = ${tickets.peek()}`); // vuln: javascript-sql-injection
  await pool.query(`SELECT id FROM items WHERE id = ${--page}`); // safe: javascript-sql-injection
  res.end();
});

app.get('/page', async (req, res) => {
  let { page } = req.query;
  page += 1;
  await pool.query(`SELECT id FROM items WHERE id = ${page}`); // vuln: javascript-sql-injection
  res.end();
});
