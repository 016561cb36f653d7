// The origin of a request: sent back as it came, and after a test.
const express = require('express');
const { ours } = require('./origins');

const app = express();
const ORIGINS = ['https://shop.example', 'https://desk.shop.example'];

app.use((req, res, next) => {
  const origin = req.headers.origin;
  res.setHeader('Access-Control-Allow-Credentials', 'true');
  res.setHeader('Access-Control-Allow-Origin', origin); // vuln: javascript-cors-origin-reflected
  next();
});

app.use('/set', (req, res, next) => {
  res.set({ 'Access-Control-Allow-Origin': req.get('Origin'), 'Cache-Control': 'no-store' }); // vuln: javascript-cors-origin-reflected
  next();
});

app.use('/absent', (req, res, next) => {
  if (!req.headers.origin) {
    return next();
  }
  res.header('Access-Control-Allow-Origin', req.headers.origin); // vuln: javascript-cors-origin-reflected
  return next();
});

app.use('/list', (req, res, next) => {
  const origin = req.headers.origin;
  if (ORIGINS.indexOf(origin) !== -1) {
    res.setHeader('Access-Control-Allow-Origin', origin); // safe: javascript-cors-origin-reflected
  }
  next();
});

app.use('/helper', (req, res, next) => {
  const origin = req.headers.origin;
  if (ours(origin)) {
    res.setHeader('Access-Control-Allow-Origin', origin); // safe: javascript-cors-origin-reflected
  }
  next();
});

app.use('/ending', (req, res, next) => {
  const origin = req.headers.origin;
  if (origin && origin.endsWith('.shop.example')) {
    res.setHeader('Access-Control-Allow-Origin', origin); // safe: javascript-cors-origin-reflected
  }
  next();
});

app.use('/pattern', (req, res, next) => {
  const origin = req.headers.origin;
  if (/^https:\/\/[a-z]+\.shop\.example(:\d+)?$/.test(origin)) {
    res.setHeader('Access-Control-Allow-Origin', origin); // safe: javascript-cors-origin-reflected
  }
  next();
});

app.use('/host', (req, res, next) => {
  const asked = req.headers.origin;
  const { hostname } = new URL(asked);
  if (hostname === 'shop.example') {
    res.setHeader('Access-Control-Allow-Origin', asked); // safe: javascript-cors-origin-reflected
  }
  next();
});

app.use('/same', (req, res, next) => {
  const origin = req.headers.origin;
  if (origin !== process.env.ORIGIN) {
    return res.sendStatus(403);
  }
  res.setHeader('Access-Control-Allow-Origin', origin); // safe: javascript-cors-origin-reflected
  return next();
});

app.use('/unknown', (req, res, next) => {
  if (!app.locals.sites.knows(req.headers.origin)) {
    return res.sendStatus(403);
  }
  res.setHeader('Access-Control-Allow-Origin', req.headers.origin); // safe: javascript-cors-origin-reflected
  return next();
});
