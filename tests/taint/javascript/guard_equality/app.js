// Equality with constants, and what looks like it.
const express = require('express');
const { Pool } = require('pg');

const app = express();
const pool = new Pool();
app.use(express.json());

const PUBLIC = 'public';

app.get('/equal', async (req, res) => {
  const schema = req.query.schema;
  if (schema === 'public') {
    await pool.query(`SELECT id FROM ${schema}.items`); // safe: javascript-sql-injection
  }
  res.end();
});

app.get('/named', async (req, res) => {
  const schema = req.query.schema;
  if (schema !== PUBLIC) {
    return res.status(404).end();
  }
  return res.json(await pool.query(`SELECT id FROM ${schema}.items`)); // safe: javascript-sql-injection
});

app.get('/either', async (req, res) => {
  const schema = req.query.schema;
  if (schema === 'public' || schema === 'shop') {
    await pool.query(`SELECT id FROM ${schema}.items`); // safe: javascript-sql-injection
  }
  res.end();
});

app.get('/loose', async (req, res) => {
  const schema = req.query.schema;
  if (schema == 'public') {
    await pool.query(`SELECT id FROM ${schema}.items`); // safe: javascript-sql-injection
  }
  res.end();
});

app.get('/other-branch', async (req, res) => {
  const schema = req.query.schema;
  if (schema === 'public') {
    return res.end();
  }
  return res.json(await pool.query(`SELECT id FROM ${schema}.items`)); // vuln: javascript-sql-injection
});

app.get('/each-other', async (req, res) => {
  const { schema, other } = req.query;
  if (schema === other) {
    await pool.query(`SELECT id FROM ${schema}.items`); // vuln: javascript-sql-injection
  }
  res.end();
});

app.get('/part', async (req, res) => {
  const schema = req.query.schema;
  if (schema.slice(0, 6) === 'public') {
    await pool.query(`SELECT id FROM ${schema}.items`); // vuln: javascript-sql-injection
  }
  res.end();
});

app.get('/only-logged', async (req, res) => {
  const schema = req.query.schema;
  if (schema !== 'public') {
    console.warn('strange schema');
  }
  res.json(await pool.query(`SELECT id FROM ${schema}.items`)); // vuln: javascript-sql-injection
});
