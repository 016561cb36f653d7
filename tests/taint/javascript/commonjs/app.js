// CommonJS: module.exports as a function, an object, a class; exports.x; requires in expressions; JSON; folders.
const express = require('express');
const { Pool } = require('pg');

const app = express();
const pool = new Pool();
app.use(express.json());
const find = require('./find');
const Store = require('./store');
const { bound, quoted } = require('./texts');
const texts = require('./texts');
const reports = require('./reports');

app.get('/function', async (req, res) => res.json(await find(req.query.name)));
app.get('/class', async (req, res) => res.json(await new Store().run(req.query.name)));
app.get('/named', async (req, res) => res.json(await pool.query(quoted(req.query.name)))); // vuln: javascript-sql-injection
app.get('/bound', async (req, res) => res.json(await pool.query(bound(), [req.query.name]))); // safe: javascript-sql-injection
app.get('/whole', async (req, res) => res.json(await pool.query(texts.loud(req.query.name)))); // vuln: javascript-sql-injection
app.get('/folder', async (req, res) => res.json(await reports.monthly(req.query.month)));
app.get('/inline', async (req, res) => res.json(await require('./find')(req.query.other)));
