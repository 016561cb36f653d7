// One name with several values: rebinding, block scopes, var and hoisting, shadowed parameters and globals.
const express = require('express');
const { Pool } = require('pg');

const app = express();
const pool = new Pool();
app.use(express.json());

app.get('/blocks', async (req, res) => {
  const name = 'chair';
  {
    const name = req.query.name;
    await pool.query(`SELECT id FROM items WHERE name = '${name}'`); // vuln: javascript-sql-injection
  }
  await pool.query(`SELECT id FROM items WHERE name = '${name}'`); // safe: javascript-sql-injection
  res.end();
});

app.get('/var', async (req, res) => {
  var name = 'chair';
  if (req.query.name) {
    var name = req.query.name;
  }
  await pool.query(`SELECT id FROM items WHERE name = '${name}'`); // vuln: javascript-sql-injection
  res.end();
});

app.get('/loop', async (req, res) => {
  const name = 'chair';
  for (const name of req.query.names) {
    console.time(name);
  }
  await pool.query(`SELECT id FROM items WHERE name = '${name}'`); // safe: javascript-sql-injection
  res.end();
});

app.get('/catch', async (req, res) => {
  const error = 'chair';
  try {
    JSON.parse(req.query.text);
  } catch (error) {
    console.time('failed');
  }
  await pool.query(`SELECT id FROM items WHERE name = '${error}'`); // safe: javascript-sql-injection
  res.end();
});

app.get('/parameter', async (req, res) => {
  const show = (name) => {
    name = 'chair';
    return name;
  };
  await pool.query(`SELECT id FROM items WHERE name = '${show(req.query.name)}'`); // safe: javascript-sql-injection
  res.end();
});

app.get('/swapped', async (req, res) => {
  let first = req.query.name;
  let second = 'chair';
  [first, second] = [second, first];
  await pool.query(`SELECT id FROM items WHERE name = '${first}'`); // safe: javascript-sql-injection
  await pool.query(`SELECT id FROM items WHERE name = '${second}'`); // vuln: javascript-sql-injection
  res.end();
});

app.get('/global', async (req, res) => {
  const Number = (text) => text;
  await pool.query(`SELECT id FROM items WHERE id = ${Number(req.query.id)}`); // vuln: javascript-sql-injection
  res.end();
});
