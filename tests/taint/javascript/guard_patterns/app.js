// Regular expressions as tests: those that cover the whole text with harmless characters protect, the others do not.
const express = require('express');
const { Pool } = require('pg');

const app = express();
const pool = new Pool();
app.use(express.json());

const WORD = /^\w+$/;
const ANY_WORD = /\w+/;
const FLAGGED = /^[a-z]+$/gim;
const BUILT = new RegExp('^[a-z_]+$');

app.get('/whole', async (req, res) => {
  const column = String(req.query.column);
  if (!WORD.test(column)) {
    return res.status(400).end();
  }
  return res.json(await pool.query(`SELECT ${column} FROM items`)); // safe: javascript-sql-injection
});

app.get('/match', async (req, res) => {
  const column = String(req.query.column);
  if (column.match(/^[a-z]{1,20}$/)) {
    await pool.query(`SELECT ${column} FROM items`); // safe: javascript-sql-injection
  }
  res.end();
});

app.get('/exec', async (req, res) => {
  const column = String(req.query.column);
  if (/^[a-z]+$/.exec(column) === null) {
    return res.status(400).end();
  }
  return res.json(await pool.query(`SELECT ${column} FROM items`)); // safe: javascript-sql-injection
});

app.get('/built', async (req, res) => {
  const column = String(req.query.column);
  if (BUILT.test(column)) {
    await pool.query(`SELECT ${column} FROM items`); // safe: javascript-sql-injection
  }
  res.end();
});

app.get('/unanchored', async (req, res) => {
  const column = String(req.query.column);
  if (!ANY_WORD.test(column)) {
    return res.status(400).end();
  }
  return res.json(await pool.query(`SELECT ${column} FROM items`)); // vuln: javascript-sql-injection
});

app.get('/start-only', async (req, res) => {
  const column = String(req.query.column);
  if (!/^[a-z]+/.test(column)) {
    return res.status(400).end();
  }
  return res.json(await pool.query(`SELECT ${column} FROM items`)); // vuln: javascript-sql-injection
});

app.get('/lines', async (req, res) => {
  const column = String(req.query.column);
  if (!FLAGGED.test(column)) {
    return res.status(400).end();
  }
  return res.json(await pool.query(`SELECT ${column} FROM items`)); // vuln: javascript-sql-injection
});

app.get('/anything', async (req, res) => {
  const column = String(req.query.column);
  if (!/^.+$/s.test(column)) {
    return res.status(400).end();
  }
  return res.json(await pool.query(`SELECT ${column} FROM items`)); // vuln: javascript-sql-injection
});

app.get('/alternatives', async (req, res) => {
  const column = String(req.query.column);
  if (!/^id|name$/.test(column)) {
    return res.status(400).end();
  }
  return res.json(await pool.query(`SELECT ${column} FROM items`)); // vuln: javascript-sql-injection
});

app.get('/grouped', async (req, res) => {
  const column = String(req.query.column);
  if (!/^(?:id|name)$/.test(column)) {
    return res.status(400).end();
  }
  return res.json(await pool.query(`SELECT ${column} FROM items`)); // safe: javascript-sql-injection
});

app.get('/quote-allowed', async (req, res) => {
  const name = String(req.query.name);
  if (!/^[\w' ]+$/.test(name)) {
    return res.status(400).end();
  }
  return res.json(await pool.query(`SELECT id FROM items WHERE name = '${name}'`)); // vuln: javascript-sql-injection
});

app.get('/removed', async (req, res) => {
  const column = String(req.query.column).replace(/[^a-z_]/g, '');
  await pool.query(`SELECT ${column} FROM items`); // safe: javascript-sql-injection
  const other = String(req.query.column).replace(/[';]/, '');
  await pool.query(`SELECT ${other} FROM items`); // vuln: javascript-sql-injection
  res.end();
});

app.get('/captured', async (req, res) => {
  const found = /^(\w+):(.*)$/.exec(req.query.text);
  await pool.query(`SELECT id FROM items WHERE note = '${found[2]}'`); // vuln: javascript-sql-injection
  res.end();
});

app.get('/number', (req, res) => {
  const number = String(req.query.number);
  if (!/^\d+(?:\.\d+)?$/.test(number)) {
    return res.status(400).end();
  }
  return res.json(new Function(`return ${number}`)()); // safe: javascript-code-injection
});

app.get('/sum', (req, res) => {
  const sum = String(req.query.sum);
  if (!/^[0-9+*/(). -]+$/.test(sum)) {
    return res.status(400).end();
  }
  return res.json(new Function(`return ${sum}`)()); // safe: javascript-code-injection
});

app.get('/no-letters', (req, res) => {
  const sum = String(req.query.sum);
  if (!/^[0-9+!()[\]]+$/.test(sum)) {
    return res.status(400).end();
  }
  return res.json(new Function(`return ${sum}`)()); // vuln: javascript-code-injection
});

app.get('/member', (req, res) => {
  const path = String(req.query.path);
  if (!/^[a-z]+(?:\.[a-z]+)*$/.test(path)) {
    return res.status(400).end();
  }
  return res.json(new Function(`return ${path}`)()); // vuln: javascript-code-injection
});
