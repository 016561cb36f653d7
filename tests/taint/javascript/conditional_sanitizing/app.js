// Sanitizing on some ways only, too late, or of another value.
const express = require('express');
const { Pool } = require('pg');

const app = express();
const pool = new Pool();
app.use(express.json());
const escapeHtml = require('escape-html');

app.get('/one-way', (req, res) => {
  let name = req.query.name;
  if (req.query.strict) {
    name = escapeHtml(name);
  }
  res.send(`<p>${name}</p>`); // vuln: javascript-cross-site-scripting
});

app.get('/both-ways', (req, res) => {
  let name = req.query.name;
  if (req.query.strict) {
    name = escapeHtml(name.toUpperCase());
  } else {
    name = escapeHtml(name);
  }
  res.send(`<p>${name}</p>`); // safe: javascript-cross-site-scripting
});

app.get('/too-late', (req, res) => {
  const text = `<p>${req.query.name}</p>`;
  escapeHtml(req.query.name);
  res.send(text); // vuln: javascript-cross-site-scripting
});

app.get('/other-value', (req, res) => {
  const name = escapeHtml(req.query.name);
  res.send(`<p title="${name}">${req.query.title}</p>`); // vuln: javascript-cross-site-scripting
});

app.get('/ternary', (req, res) => {
  const name = req.query.name ? escapeHtml(req.query.name) : 'nobody';
  res.send(`<p>${name}</p>`); // safe: javascript-cross-site-scripting
});

app.get('/switched', (req, res) => {
  let name;
  switch (req.query.kind) {
    case 'raw':
      name = req.query.name;
      break;
    default:
      name = escapeHtml(req.query.name);
  }
  res.send(`<p>${name}</p>`); // vuln: javascript-cross-site-scripting
});

app.get('/taken-back', (req, res) => {
  const name = escapeHtml(req.query.name);
  const again = name.replace(/&lt;/g, '<').replace(/&gt;/g, '>');
  res.send(`<p>${again}</p>`); // vuln: javascript-cross-site-scripting
});
