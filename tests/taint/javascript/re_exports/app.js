// Barrels: export from, export *, renamed, default as a name, through two files.
import express from 'express';
import { Pool } from 'pg';

const app = express();
const pool = new Pool();
app.use(express.json());
import { countItems, findItems, Finder, latest, texts } from './lib/index.js';

app.get('/find', async (req, res) => res.json(await findItems(req.query.name)));
app.get('/count', async (req, res) => res.json(await countItems(req.query.name)));
app.get('/default', async (req, res) => res.json(await new Finder().run(req.query.name)));
app.get('/star', async (req, res) => res.json(await latest(req.query.name)));
app.get('/namespace', async (req, res) => res.json(await pool.query(texts.quoted(req.query.name)))); // vuln: javascript-sql-injection
app.get('/namespace-fixed', async (req, res) => res.json(await pool.query(texts.fixed(req.query.name)))); // safe: javascript-sql-injection
