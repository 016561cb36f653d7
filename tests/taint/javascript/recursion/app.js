// Functions that call themselves and each other.
const express = require('express');
const { Pool } = require('pg');

const app = express();
const pool = new Pool();
app.use(express.json());

function nested(depth, text) {
  return depth === 0 ? text : nested(depth - 1, `(${text})`);
}

function even(count, text) {
  return count === 0 ? text : odd(count - 1, text);
}

function odd(count, text) {
  return count === 0 ? 'odd' : even(count - 1, text);
}

function depth(tree) {
  return tree.children ? 1 + Math.max(...tree.children.map(depth)) : 0;
}

function clause(node) {
  if (node.and) {
    return node.and.map(clause).join(' AND ');
  }
  return `${node.column} = '${node.value}'`;
}

function constant(count) {
  return count > 0 ? constant(count - 1) : 'chair';
}

app.post('/run', async (req, res) => {
  await pool.query(`SELECT id FROM items WHERE ${nested(3, req.body.text)}`); // vuln: javascript-sql-injection
  await pool.query(`SELECT id FROM items WHERE name = '${even(4, req.body.name)}'`); // vuln: javascript-sql-injection
  await pool.query(`SELECT id FROM items WHERE ${clause(req.body.filter)}`); // vuln: javascript-sql-injection
  await pool.query(`SELECT id FROM items LIMIT ${depth(req.body.tree)}`); // safe: javascript-sql-injection
  await pool.query(`SELECT id FROM items WHERE name = '${constant(3)}'`); // safe: javascript-sql-injection
  res.end();
});
