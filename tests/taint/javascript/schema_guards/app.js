// Schemas: zod and joi say of what type a value is and which values it may have, and no more.
const express = require('express');
const { Pool } = require('pg');

const app = express();
const pool = new Pool();
app.use(express.json());
const Joi = require('joi');
const { z } = require('zod');
const validator = require('validator');

const Page = z.object({ number: z.number().int(), order: z.enum(['id', 'name']), text: z.string() });
const schema = Joi.object({ limit: Joi.number().required(), order: Joi.string().valid('id', 'name'), name: Joi.string() });

app.post('/zod', async (req, res) => {
  const page = Page.parse(req.body);
  await pool.query(`SELECT id FROM items ORDER BY ${page.order} LIMIT ${page.number}`); // safe: javascript-sql-injection
  await pool.query(`SELECT id FROM items WHERE name = '${page.text}'`); // vuln: javascript-sql-injection
  res.end();
});

app.post('/joi', async (req, res) => {
  const { error, value } = schema.validate(req.body);
  if (error) {
    return res.status(400).end();
  }
  await pool.query(`SELECT id FROM items WHERE name = '${value.name}'`); // vuln: javascript-sql-injection
  return res.json(await pool.query(`SELECT id FROM items LIMIT ${value.limit}`)); // safe: javascript-sql-injection
});

app.get('/validator', async (req, res) => {
  if (!validator.isUUID(req.query.id)) {
    return res.status(400).end();
  }
  await pool.query(`SELECT id FROM items WHERE id = '${req.query.id}'`); // safe: javascript-sql-injection
  if (validator.isAlphanumeric(req.query.name)) {
    await pool.query(`SELECT id FROM items WHERE name = '${req.query.name}'`); // safe: javascript-sql-injection
  }
  if (validator.isLength(req.query.note, { max: 20 })) {
    await pool.query(`SELECT id FROM items WHERE note = '${req.query.note}'`); // vuln: javascript-sql-injection
  }
  return res.end();
});
