// Modules named by the paths of tsconfig.json.
import express from 'express';

import { Items } from '@store/items';
import { table } from '~config';
import { find } from 'store/notes';

const app = express();
const items = new Items(table);

app.get('/items', async (req, res) => res.json(await items.find(String(req.query.name))));
app.get('/count', async (req, res) => res.json(await items.count(String(req.query.name))));
app.get('/notes', async (req, res) => res.json(await find(String(req.query.text))));
