// Enumerations and constant objects of TypeScript.
import express from 'express';
import { Pool } from 'pg';

const app = express();
const pool = new Pool();

enum Column {
  Name = 'name',
  Created = 'created_at',
}

const enum Size {
  Small = 10,
  Large = Small * 10,
}

const TABLES = { items: 'items', carts: 'carts' } as const;

function column(name: string): Column {
  return name === 'created' ? Column.Created : Column.Name;
}

app.get('/enum', async (req, res) => {
  await pool.query(`SELECT id FROM ${TABLES.carts} ORDER BY ${Column.Name} LIMIT ${Size.Large}`); // safe: javascript-sql-injection
  await pool.query(`SELECT id FROM items ORDER BY ${column(String(req.query.by))}`); // safe: javascript-sql-injection
  await pool.query(`SELECT id FROM items ORDER BY ${req.query.by as Column}`); // vuln: javascript-sql-injection
  res.end();
});

app.get('/checked', async (req, res) => {
  const by = req.query.by as Column;
  if (!Object.values(Column).includes(by)) {
    return res.sendStatus(400);
  }
  return res.json(await pool.query(`SELECT id FROM items ORDER BY ${by}`)); // safe: javascript-sql-injection
});

app.get('/cast', async (req, res) => {
  const table = req.query.table as keyof typeof TABLES;
  await pool.query(`SELECT id FROM ${table}`); // vuln: javascript-sql-injection
  await pool.query(`SELECT id FROM ${TABLES[table]}`); // safe: javascript-sql-injection
  res.end();
});
