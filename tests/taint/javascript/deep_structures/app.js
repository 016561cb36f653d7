// Structures within structures, deeper than anybody tells apart.
const express = require('express');
const { Pool } = require('pg');

const app = express();
const pool = new Pool();
app.use(express.json());

app.post('/deep', async (req, res) => {
  const order = { customer: { address: { city: { name: req.body.city, code: 'B' } } } };
  await pool.query(`SELECT id FROM orders WHERE city = '${order.customer.address.city.name}'`); // vuln: javascript-sql-injection
  res.json(order);
});

app.post('/shallow', async (req, res) => {
  const order = { customer: { name: req.body.name, group: 'retail' } };
  await pool.query(`SELECT id FROM orders WHERE "group" = '${order.customer.group}'`); // safe: javascript-sql-injection
  await pool.query(`SELECT id FROM orders WHERE name = '${order.customer.name}'`); // vuln: javascript-sql-injection
  res.end();
});

app.post('/lists', async (req, res) => {
  const table = [['chair', 1], [req.body.name, 2]];
  await pool.query(`SELECT id FROM items WHERE name = '${table[1][0]}'`); // vuln: javascript-sql-injection
  await pool.query(`SELECT id FROM items WHERE name = '${table[0][0]}'`); // safe: javascript-sql-injection
  res.end();
});

app.post('/body', async (req, res) => {
  const { order: { lines: [first] } } = req.body;
  await pool.query(`SELECT id FROM items WHERE name = '${first.article.name}'`); // vuln: javascript-sql-injection
  res.end();
});
