// `arguments`: by index, turned into an array, handed on.
const express = require('express');
const { Pool } = require('pg');

const app = express();
const pool = new Pool();
app.use(express.json());

function second() {
  return arguments[1];
}

function joined() {
  return Array.prototype.slice.call(arguments).join(' ');
}

function count() {
  return arguments.length;
}

function forward() {
  return pool.query.apply(pool, arguments); // vuln: javascript-sql-injection
}

function each() {
  const found = [];
  for (let index = 0; index < arguments.length; index += 1) {
    found.push(arguments[index]);
  }
  return found;
}

function last(text) {
  const callback = arguments[arguments.length - 1];
  return callback(text);
}

app.get('/arguments', async (req, res) => {
  await pool.query(`SELECT id FROM items WHERE name = '${second('chair', req.query.name)}'`); // vuln: javascript-sql-injection
  await pool.query(`SELECT id FROM items WHERE name = '${second(req.query.name, 'chair')}'`); // safe: javascript-sql-injection
  await pool.query(joined('SELECT id FROM', req.query.table)); // vuln: javascript-sql-injection
  await pool.query(`SELECT id FROM items LIMIT ${count(req.query.name)}`); // safe: javascript-sql-injection
  await forward(`SELECT id FROM items WHERE name = '${req.query.name}'`);
  await pool.query(`SELECT id FROM items WHERE name = '${each(req.query.name)[0]}'`); // vuln: javascript-sql-injection
  await pool.query(`SELECT id FROM items WHERE name = '${last(req.query.name, (text) => text.trim())}'`); // vuln: javascript-sql-injection
  res.end();
});
