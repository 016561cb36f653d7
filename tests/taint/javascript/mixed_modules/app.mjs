// ES modules that import CommonJS ones, and the other way round.
import express from 'express';
import { createRequire } from 'node:module';

import legacy, { find } from './legacy.cjs';

const require = createRequire(import.meta.url);
const { count } = require('./counts.cjs');

const app = express();

app.get('/named', async (req, res) => res.json(await find(req.query.name)));
app.get('/default', async (req, res) => res.json(await legacy.notes(req.query.note)));
app.get('/count', async (req, res) => res.json(await count(req.query.name)));
