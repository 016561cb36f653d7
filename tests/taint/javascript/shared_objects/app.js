// Objects that files share: instances that a module exports, registries, req.app, res.locals.
const express = require('express');
const { Pool } = require('pg');

const app = express();
const pool = new Pool();
app.use(express.json());
const { registry, store } = require('./shared');
const config = require('./config');

app.use((req, res, next) => {
  res.locals.name = req.query.name;
  req.context = { trace: req.get('x-trace'), limit: 10 };
  next();
});

app.get('/store', async (req, res) => {
  store.keep(req.query.name);
  res.json(await store.find());
});

app.get('/registry', async (req, res) => {
  registry.set('name', req.query.name);
  await pool.query(`SELECT id FROM items WHERE name = '${registry.get('name')}'`); // vuln: javascript-sql-injection
  res.end();
});

app.get('/locals', async (req, res) => {
  await pool.query(`SELECT id FROM items WHERE name = '${res.locals.name}'`); // vuln: javascript-sql-injection
  await pool.query(`SELECT id FROM items WHERE trace = '${req.context.trace}'`); // vuln: javascript-sql-injection
  await pool.query(`SELECT id FROM items LIMIT ${req.context.limit}`); // safe: javascript-sql-injection
  res.end();
});

app.get('/config', async (req, res) => {
  await pool.query(`SELECT id FROM ${config.table} ORDER BY ${config.order}`); // safe: javascript-sql-injection
  res.end();
});
