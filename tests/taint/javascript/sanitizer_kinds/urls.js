// What the parser of addresses encodes, and what decoding makes of it again.
const express = require('express');

const app = express();

app.get('/again', (req, res) => {
  const { search } = new URL(req.url, 'http://shop.example');
  res.send(`<p>There is more <a href="/list${search}">here</a>`); // safe: javascript-cross-site-scripting
});

app.get('/decoded', (req, res) => {
  const { search } = new URL(req.url, 'http://shop.example');
  res.send(`<p>You asked for ${decodeURIComponent(search.slice(1))}`); // vuln: javascript-cross-site-scripting
});

app.get('/component', (req, res) => {
  const name = encodeURIComponent(req.query.name);
  res.send(`<p>${name}`); // safe: javascript-cross-site-scripting
  res.send(`<p>${decodeURIComponent(name)}`); // vuln: javascript-cross-site-scripting
});

app.get('/parameter', (req, res) => {
  const { searchParams } = new URL(req.url, 'http://shop.example');
  res.send(`<p>${searchParams.get('name')}`); // vuln: javascript-cross-site-scripting
});

app.get('/any', (req, res) => {
  const { pathname } = new URL(req.query.address);
  res.send(`<p>${pathname}`); // vuln: javascript-cross-site-scripting
});

app.get('/to', (req, res) => {
  const { search } = new URL(req.url, 'http://shop.example');
  res.redirect(search.slice(1)); // vuln: javascript-open-redirect
});
