// Errors that carry data, and what flows through try, catch and finally.
const express = require('express');
const { Pool } = require('pg');

const app = express();
const pool = new Pool();
app.use(express.json());

class BadName extends Error {
  constructor(name) {
    super(`bad name ${name}`);
    this.name = 'BadName';
    this.given = name;
  }
}

app.get('/carried', async (req, res) => {
  try {
    throw new BadName(req.query.name);
  } catch (error) {
    await pool.query(`INSERT INTO log VALUES ('${error.given}')`); // vuln: javascript-sql-injection
  }
  res.end();
});

function check(name) {
  if (name.length > 10) {
    throw new BadName(name);
  }
  return name;
}

app.get('/from-function', async (req, res) => {
  try {
    check(req.query.name);
  } catch (error) {
    await pool.query(`INSERT INTO log VALUES ('${error.message}')`); // vuln: javascript-sql-injection
  }
  res.end();
});

app.get('/finally', async (req, res) => {
  let name = 'chair';
  try {
    name = req.query.name;
  } finally {
    await pool.query(`SELECT id FROM items WHERE name = '${name}'`); // vuln: javascript-sql-injection
  }
  res.end();
});

app.get('/fallback', async (req, res) => {
  let name;
  try {
    name = JSON.parse(req.query.name).first;
  } catch {
    name = 'chair';
  }
  await pool.query(`SELECT id FROM items WHERE name = '${name}'`); // vuln: javascript-sql-injection
  res.end();
});

app.get('/parsed', async (req, res) => {
  let id;
  try {
    id = BigInt(req.query.id);
  } catch (error) {
    return res.status(400).end();
  }
  await pool.query(`SELECT id FROM items WHERE id = ${id}`); // safe: javascript-sql-injection
  return res.end();
});

app.get('/constant', async (req, res) => {
  try {
    check(req.query.name);
  } catch (error) {
    await pool.query(`INSERT INTO log VALUES ('${'failed'}')`); // safe: javascript-sql-injection
  }
  res.end();
});

app.get('/rejected', (req, res) => {
  Promise.reject(new BadName(req.query.name)).catch((error) => {
    pool.query(`INSERT INTO log VALUES ('${error.given}')`); // vuln: javascript-sql-injection
    res.end();
  });
});
