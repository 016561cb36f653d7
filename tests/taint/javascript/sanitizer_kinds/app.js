// A sanitizer makes safe what it was made for and nothing else.
const { exec } = require('child_process');
const express = require('express');
const escapeHtml = require('escape-html');
const fs = require('fs');
const mysql = require('mysql2');
const path = require('path');
const { quote } = require('shell-quote');
const validator = require('validator');

const app = express();
const db = mysql.createConnection({ host: 'db.example' });

app.get('/html', (req, res) => {
  const name = escapeHtml(req.query.name);
  db.query(`SELECT id FROM items WHERE id = ${name}`); // vuln: javascript-sql-injection
  exec(`ls ${name}`); // vuln: javascript-command-injection
  fs.readFileSync(path.join('/srv', name)); // vuln: javascript-path-traversal
  res.send(`<p>${name}</p>`); // safe: javascript-cross-site-scripting
});

app.get('/sql', (req, res) => {
  const name = mysql.escape(req.query.name);
  db.query(`SELECT id FROM items WHERE name = ${name}`); // safe: javascript-sql-injection
  res.send(`<p>${name}</p>`); // vuln: javascript-cross-site-scripting
});

app.get('/shell', (req, res) => {
  const name = quote([req.query.name]);
  exec(`ls ${name}`); // safe: javascript-command-injection
  res.send(`<p>${name}</p>`); // vuln: javascript-cross-site-scripting
});

app.get('/url', async (req, res) => {
  const name = encodeURIComponent(req.query.name);
  await fetch(`https://a.example/?q=${name}`); // safe: javascript-server-side-request-forgery
  res.send(`<a href="/q?q=${name}">again</a>`); // safe: javascript-cross-site-scripting
});

app.get('/path', (req, res) => {
  const name = path.basename(req.query.name);
  fs.readFileSync(path.join('/srv', name)); // safe: javascript-path-traversal
  res.send(`<p>${name}</p>`); // vuln: javascript-cross-site-scripting
});

app.get('/validator', (req, res) => {
  const name = validator.escape(req.query.name);
  res.send(`<p>${name}</p>`); // safe: javascript-cross-site-scripting
  exec(`ls ${validator.trim(req.query.name)}`); // vuln: javascript-command-injection
});

app.get('/number', (req, res) => {
  const id = Number(req.query.id);
  exec(`ls ${id}`); // safe: javascript-command-injection
  res.send(`<p>${id}</p>`); // safe: javascript-cross-site-scripting
});
