// ES modules: named, default, namespace, renamed and side by side; import with a constant.
import express from 'express';
import { Pool } from 'pg';

const app = express();
const pool = new Pool();
app.use(express.json());
import finder, { bound, find as look } from './store.js';
import * as store from './store.js';
import { Reports } from './lib/reports.js';

app.get('/default', async (req, res) => res.json(await finder(req.query.name)));
app.get('/renamed', async (req, res) => res.json(await look(req.query.name)));
app.get('/bound', async (req, res) => res.json(await bound(req.query.name)));
app.get('/namespace', async (req, res) => res.json(await store.latest(req.query.name)));
app.get('/class', async (req, res) => res.json(await new Reports().run(req.query.name)));

app.get('/dynamic', async (req, res) => {
  const { newest } = await import('./store.js');
  res.json(await newest(req.query.name));
});
