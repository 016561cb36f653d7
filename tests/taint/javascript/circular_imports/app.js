// Modules that load each other.
const express = require('express');

const app = express();
module.exports = { app, prefix: () => 'chair' };

const { find, fixed } = require('./store');

app.get('/find', async (req, res) => res.json(await find(req.query.name)));
app.get('/fixed', async (req, res) => res.json(await fixed()));
