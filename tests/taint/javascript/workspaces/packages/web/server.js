// Packages of one repository that depend on each other by name; main and exports of package.json.
const express = require('express');

const { find, count } = require('@shop/store');
const { page } = require('@shop/store/pages');
const { slug } = require('@shop/texts');

const app = express();

app.get('/find', async (req, res) => res.json(await find(slug(req.query.name))));
app.get('/count', async (req, res) => res.json(await count(req.query.name)));
app.get('/page', async (req, res) => res.json(await page(req.query.order)));
