// Chains of promises: what then hands on, catch and finally, resolve and reject, promisified functions.
const express = require('express');
const { Pool } = require('pg');

const app = express();
const pool = new Pool();
app.use(express.json());
const fs = require('fs');
const { promisify } = require('util');

const load = promisify(fs.readFile);

app.get('/then', (req, res) => {
  Promise.resolve(req.query.name)
    .then((name) => name.trim())
    .then((name) => pool.query("SELECT id FROM items WHERE name = '" + name + "'")) // vuln: javascript-sql-injection
    .then((found) => res.json(found.rows));
});

app.get('/replaced', (req, res) => {
  Promise.resolve(req.query.name)
    .then(() => 'chair')
    .then((name) => pool.query("SELECT id FROM items WHERE name = '" + name + "'")) // safe: javascript-sql-injection
    .then((found) => res.json(found.rows));
});

app.get('/number', (req, res) => {
  Promise.resolve(req.query.id)
    .then(Number)
    .then((id) => pool.query(`SELECT id FROM items WHERE id = ${id}`)) // safe: javascript-sql-injection
    .then((found) => res.json(found.rows));
});

app.get('/named', (req, res) => {
  function run(name) {
    return pool.query(`SELECT id FROM items WHERE name = '${name}'`); // vuln: javascript-sql-injection
  }
  Promise.resolve(req.query.name).then(run).finally(() => res.end());
});

app.get('/executor', (req, res) => {
  const asked = new Promise((resolve, reject) => {
    if (req.query.name) {
      resolve(req.query.name);
    }
    reject(new Error('no name'));
  });
  asked.then((name) => pool.query(`SELECT id FROM items WHERE name = '${name}'`)).catch(() => res.end()); // vuln: javascript-sql-injection
});

app.get('/async-then', (req, res) => {
  const names = async () => ({ given: req.query.name, fixed: 'chair' });
  names().then(({ given, fixed }) => {
    pool.query(`SELECT id FROM items WHERE name = '${given}'`); // vuln: javascript-sql-injection
    pool.query(`SELECT id FROM items WHERE name = '${fixed}'`); // safe: javascript-sql-injection
    res.end();
  });
});

app.get('/promisified', async (req, res) => {
  const text = await load(`/srv/files/${req.query.name}`); // vuln: javascript-path-traversal
  const other = await load('/srv/files/help.txt'); // safe: javascript-path-traversal
  res.json({ sizes: [text.length, other.length] });
});

app.get('/race', async (req, res) => {
  const name = await Promise.race([Promise.resolve(req.query.name), new Promise(() => {})]);
  await pool.query(`SELECT id FROM items WHERE name = '${name}'`); // vuln: javascript-sql-injection
  const settled = await Promise.allSettled([Promise.resolve('chair')]);
  await pool.query(`SELECT id FROM items WHERE name = '${settled[0].value}'`); // safe: javascript-sql-injection
  res.end();
});

// Why a promise was rejected is nothing that it brings: only those hear it that catch it.
function found(name) {
  return import('./found.js').then(
    (module) => module.default,
    (error) => Promise.reject(new Error(`no ${name}: ${error}`)),
  );
}

function checked(name) {
  if (name.length > 40) {
    return Promise.reject(`no ${name}`);
  }
  return Promise.resolve(name);
}

app.get('/rejected', async (req, res) => {
  const value = await found(req.query.name);
  await pool.query(`SELECT id FROM ${value}`); // safe: javascript-sql-injection
  found(req.query.name).then((text) => pool.query(`SELECT id FROM ${text}`)); // safe: javascript-sql-injection
  const name = await checked(req.query.name);
  await pool.query(`SELECT id FROM ${name}`); // vuln: javascript-sql-injection
  res.end();
});

app.get('/rejected-through', async (req, res) => {
  const value = changed(await found(req.query.name));
  await pool.query(`SELECT id FROM ${value}`); // safe: javascript-sql-injection
  limited(found(req.query.name), 100).catch((error) => res.send(`<p>${error.message}`)); // vuln: javascript-cross-site-scripting
});

app.get('/caught', (req, res) => {
  found(req.query.name).catch((error) => res.send(`<p>${error.message}`)); // vuln: javascript-cross-site-scripting
  checked(req.query.name).then(
    () => res.end(),
    (reason) => res.send(`<p>${reason}`), // vuln: javascript-cross-site-scripting
  );
});

app.get('/caught-here', (req, res) => {
  Promise.reject(req.query.name).catch((reason) => res.send(`<p>${reason}`)); // vuln: javascript-cross-site-scripting
});

app.get('/caught-later', async (req, res) => {
  const asked = checked(req.query.name);
  asked.then(() => 1).catch((reason) => res.send(`<p>${reason}`)); // vuln: javascript-cross-site-scripting
});
