// Sanitizers of the program: those that rest on a library's, and those that replace characters themselves.
const express = require('express');
const escapeHtml = require('escape-html');
const { Pool } = require('pg');
const { clean, shorten } = require('./text');

const app = express();
const pool = new Pool();
const ENTITIES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

const wrapped = (text) => escapeHtml(String(text).trim());
const replaced = (text) => String(text).replace(/[&<>"']/g, (char) => ENTITIES[char]);
const chained = (text) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;').replace(/'/g, '&#39;');
const tagsOnly = (text) => text.replace(/<script>/gi, '');
const first = (text) => text.replace('<', '&lt;');

class Page {
  text(value) {
    return escapeHtml(value);
  }

  raw(value) {
    return value;
  }
}

app.get('/wrapped', (req, res) => res.send(`<p>${wrapped(req.query.name)}</p>`)); // safe: javascript-cross-site-scripting
app.get('/replaced', (req, res) => res.send(`<p>${replaced(req.query.name)}</p>`)); // safe: javascript-cross-site-scripting
app.get('/chained', (req, res) => res.send(`<p>${chained(req.query.name)}</p>`)); // safe: javascript-cross-site-scripting
app.get('/imported', (req, res) => res.send(`<p>${clean(req.query.name)}</p>`)); // safe: javascript-cross-site-scripting
app.get('/method', (req, res) => res.send(`<p>${new Page().text(req.query.name)}</p>`)); // safe: javascript-cross-site-scripting
app.get('/mapped', (req, res) => res.send(`<p>${req.query.names.split(',').map(escapeHtml).join()}</p>`)); // safe: javascript-cross-site-scripting
app.get('/tags-only', (req, res) => res.send(`<p>${tagsOnly(req.query.name)}</p>`)); // vuln: javascript-cross-site-scripting
app.get('/first', (req, res) => res.send(`<p>${first(req.query.name)}</p>`)); // vuln: javascript-cross-site-scripting
app.get('/shortened', (req, res) => res.send(`<p>${shorten(req.query.name)}</p>`)); // vuln: javascript-cross-site-scripting
app.get('/raw', (req, res) => res.send(`<p>${new Page().raw(req.query.name)}</p>`)); // vuln: javascript-cross-site-scripting

const quoted = (name) => '"' + name.replace(/"/g, '""') + '"';
const ticked = (name) => `\`${String(name).replaceAll('`', '``')}\``;
const bracketed = (name) => '[' + name.replace(/\]/g, ']]') + ']';
const quotedOnce = (name) => '"' + name.replace('"', '""') + '"';
const otherQuotes = (name) => "'" + name.replace(/"/g, '""') + "'";
const unquoted = (name) => name.replace(/"/g, '""');

app.get('/identifiers', async (req, res) => {
  const { table } = req.query;
  await pool.query('SELECT id FROM ' + quoted(table)); // safe: javascript-sql-injection
  await pool.query('SELECT id FROM ' + ticked(table)); // safe: javascript-sql-injection
  await pool.query('SELECT id FROM ' + bracketed(table)); // safe: javascript-sql-injection
  await pool.query(`SELECT id FROM "${table.replace(/"/g, '""')}", ${quoted(table)}`); // safe: javascript-sql-injection
  res.end();
});

app.get('/half-quoted', async (req, res) => {
  const { table } = req.query;
  await pool.query('SELECT id FROM ' + quotedOnce(table)); // vuln: javascript-sql-injection
  await pool.query('SELECT id FROM ' + otherQuotes(table)); // vuln: javascript-sql-injection
  await pool.query('SELECT id FROM ' + unquoted(table)); // vuln: javascript-sql-injection
  await pool.query(`SELECT "id" FROM ${table.replace(/"/g, '""')}`); // vuln: javascript-sql-injection
  res.end();
});
