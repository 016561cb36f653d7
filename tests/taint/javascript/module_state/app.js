// Variables of a module: set by one handler, read by another; imported ones.
const express = require('express');
const { Pool } = require('pg');

const app = express();
const pool = new Pool();
app.use(express.json());
const state = require('./state');

let last = 'chair';
const recent = [];
const FIXED = 'items';
let counter = 0;

app.get('/set', (req, res) => {
  last = req.query.name;
  recent.push(req.query.name);
  counter += 1;
  state.current = req.query.name;
  state.remember(req.query.name);
  res.end();
});

app.get('/read', async (req, res) => {
  await pool.query(`SELECT id FROM items WHERE name = '${last}'`); // vuln: javascript-sql-injection
  await pool.query(`SELECT id FROM items WHERE name = '${recent[0]}'`); // vuln: javascript-sql-injection
  await pool.query(`SELECT id FROM ${FIXED} LIMIT ${counter}`); // safe: javascript-sql-injection
  await pool.query(`SELECT id FROM items WHERE name = '${state.current}'`); // vuln: javascript-sql-injection
  await pool.query(`SELECT id FROM items WHERE name = '${state.last()}'`); // vuln: javascript-sql-injection
  await pool.query(`SELECT id FROM items WHERE name = '${state.table}'`); // safe: javascript-sql-injection
  await pool.query(`SELECT id FROM items WHERE name = '${app.locals.note}'`); // vuln: javascript-sql-injection
  res.end();
});

app.get('/locals', (req, res) => {
  app.locals.note = req.query.note;
  res.end();
});
