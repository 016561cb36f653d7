// Functions that change what they are given: arrays, objects, requests.
const express = require('express');
const { Pool } = require('pg');

const app = express();
const pool = new Pool();
app.use(express.json());

function addName(list, name) {
  list.push(name);
}

function fill(target, name) {
  target.name = name;
  target.table = 'items';
}

function clear(target) {
  target.name = 'chair';
}

function attach(req, res, next) {
  req.wanted = req.query.name;
  req.limit = Number(req.query.limit);
  next();
}

app.get('/array', async (req, res) => {
  const names = [];
  addName(names, req.query.name);
  await pool.query(`SELECT id FROM items WHERE name = '${names[0]}'`); // vuln: javascript-sql-injection
  res.end();
});

app.get('/object', async (req, res) => {
  const values = {};
  fill(values, req.query.name);
  await pool.query(`SELECT id FROM ${values.table}`); // safe: javascript-sql-injection
  await pool.query(`SELECT id FROM items WHERE name = '${values.name}'`); // vuln: javascript-sql-injection
  res.end();
});

app.get('/cleared', async (req, res) => {
  const values = { name: req.query.name };
  clear(values);
  await pool.query(`SELECT id FROM items WHERE name = '${values.name}'`); // safe: javascript-sql-injection
  res.end();
});

app.get('/request', attach, async (req, res) => {
  await pool.query(`SELECT id FROM items WHERE name = '${req.wanted}'`); // vuln: javascript-sql-injection
  await pool.query(`SELECT id FROM items LIMIT ${req.limit}`); // safe: javascript-sql-injection
  res.end();
});
