const express = require('express');
const { Items } = require('./items');

const app = express();
const items = new Items();

app.get('/find', async (req, res) => res.json(await items.find(req.query.name)));
app.get('/count', async (req, res) => res.json(await items.count(req.query.name)));
app.get('/last', async (req, res) => res.json(await items.last(req.query.name)));
app.get('/first', async (req, res) => res.json(await items.first(req.query.name)));
