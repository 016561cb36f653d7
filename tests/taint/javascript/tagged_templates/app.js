// Tagged templates: those of libraries that bind values, those of the program that join them.
const express = require('express');
const { Pool } = require('pg');

const app = express();
const pool = new Pool();
app.use(express.json());
const postgres = require('postgres');
const { PrismaClient, Prisma } = require('@prisma/client');

const sql = postgres(process.env.DATABASE_URL);
const prisma = new PrismaClient();

const joined = (parts, ...values) => parts.reduce((text, part, index) => text + part + (values[index] ?? ''), '');
const numbered = (parts, ...values) => ({ text: parts.map((part, index) => (index ? `$${index}${part}` : part)).join(''), values });
const upper = (parts) => parts[0].toUpperCase();

app.get('/library', async (req, res) => {
  await sql`SELECT id FROM items WHERE name = ${req.query.name}`; // safe: javascript-sql-injection
  await prisma.$queryRaw`SELECT id FROM items WHERE name = ${req.query.name}`; // safe: javascript-sql-injection
  await prisma.$queryRawUnsafe(`SELECT id FROM items WHERE name = '${req.query.name}'`); // vuln: javascript-sql-injection
  await sql.unsafe(`SELECT id FROM items WHERE name = '${req.query.name}'`); // vuln: javascript-sql-injection
  await prisma.$queryRaw(Prisma.sql`SELECT id FROM items WHERE name = ${req.query.name}`); // safe: javascript-sql-injection
  await prisma.$queryRaw(Prisma.raw(`SELECT id FROM items WHERE name = '${req.query.name}'`)); // vuln: javascript-sql-injection
  res.end();
});

app.get('/own', async (req, res) => {
  await pool.query(joined`SELECT id FROM items WHERE name = '${req.query.name}'`); // vuln: javascript-sql-injection
  await pool.query(numbered`SELECT id FROM items WHERE name = ${req.query.name}`); // safe: javascript-sql-injection
  await pool.query(upper`select id from items where name = ${req.query.name}`); // safe: javascript-sql-injection
  res.end();
});
