// Methods of text that keep what an attacker wrote, and those that leave nothing of it.
const express = require('express');
const { Pool } = require('pg');

const app = express();
const pool = new Pool();
app.use(express.json());

app.get('/kept', async (req, res) => {
  const name = req.query.name;
  await pool.query(`SELECT id FROM items WHERE name = '${name.trim()}'`); // vuln: javascript-sql-injection
  await pool.query(`SELECT id FROM items WHERE name = '${name.toLowerCase()}'`); // vuln: javascript-sql-injection
  await pool.query(`SELECT id FROM items WHERE name = '${name.split('-')[1]}'`); // vuln: javascript-sql-injection
  await pool.query(`SELECT id FROM items WHERE name = '${name.slice(0, 40)}'`); // vuln: javascript-sql-injection
  await pool.query(`SELECT id FROM items WHERE name = '${name.substring(2)}'`); // vuln: javascript-sql-injection
  await pool.query(`SELECT id FROM items WHERE name = '${name.replace('a', 'b')}'`); // vuln: javascript-sql-injection
  await pool.query(`SELECT id FROM items WHERE name = '${name.replaceAll('a', 'b')}'`); // vuln: javascript-sql-injection
  await pool.query(`SELECT id FROM items WHERE name = '${'chair'.replace('a', name)}'`); // vuln: javascript-sql-injection
  await pool.query(`SELECT id FROM items WHERE name = '${name.normalize('NFC')}'`); // vuln: javascript-sql-injection
  await pool.query(`SELECT id FROM items WHERE name = '${name.at(0)}${name.charAt(1)}'`); // vuln: javascript-sql-injection
  await pool.query(`SELECT id FROM items WHERE name = '${name.match(/'.*/)[0]}'`); // vuln: javascript-sql-injection
  await pool.query(`SELECT id FROM items WHERE name = '${[...name].reverse().join('')}'`); // vuln: javascript-sql-injection
  await pool.query(`SELECT id FROM items WHERE name = '${name.toString()}'`); // vuln: javascript-sql-injection
  res.end();
});

app.get('/gone', async (req, res) => {
  const name = req.query.name;
  await pool.query(`SELECT id FROM items LIMIT ${name.length}`); // safe: javascript-sql-injection
  await pool.query(`SELECT id FROM items LIMIT ${name.charCodeAt(0)}`); // safe: javascript-sql-injection
  await pool.query(`SELECT id FROM items LIMIT ${name.search(/x/)}`); // safe: javascript-sql-injection
  await pool.query(`SELECT ${name.startsWith('x')} FROM items`); // safe: javascript-sql-injection
  await pool.query(`SELECT id FROM items LIMIT ${name.split(',').length}`); // safe: javascript-sql-injection
  await pool.query(`SELECT id FROM items LIMIT ${name.localeCompare('x')}`); // safe: javascript-sql-injection
  res.end();
});
