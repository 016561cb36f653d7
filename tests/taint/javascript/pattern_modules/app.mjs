// Regular expressions that stand in another module: what has matched one that is closed at both ends holds none of what it leaves out.
import express from 'express';
import { exec } from 'node:child_process';
import { TABLE, WORD, changed } from './names.mjs';
import * as patterns from './patterns.js';

const app = express();

app.get('/hex/:id', (req, res) => {
  const { id } = req.params;
  if (!patterns.HEX.test(id)) {
    return res.sendStatus(400);
  }
  exec(`show ${id}`); // safe: javascript-command-injection
  exec(`show ${req.query.id}`); // vuln: javascript-command-injection
  return res.end();
});

app.get('/open/:id', (req, res) => {
  const { id } = req.params;
  if (!patterns.OPEN.test(id)) {
    return res.sendStatus(400);
  }
  exec(`show ${id}`); // vuln: javascript-command-injection
  return res.end();
});

app.get('/word/:word', (req, res) => {
  const { word } = req.params;
  if (WORD.test(word)) {
    exec(`show ${word}`); // safe: javascript-command-injection
  } else {
    exec(`show ${word}`); // vuln: javascript-command-injection
  }
  res.end();
});

app.get('/table/:key', (req, res) => {
  const key = req.params.key;
  if (!TABLE.key.test(key)) {
    throw new Error('no key');
  }
  exec(`show ${key}`); // safe: javascript-command-injection
  res.end();
});

app.get('/any/:key', (req, res) => {
  const key = req.params.key;
  if (!TABLE.any.test(key)) {
    throw new Error('no key');
  }
  exec(`show ${key}`); // vuln: javascript-command-injection
  res.end();
});

app.get('/changed/:key', (req, res) => {
  const key = req.params.key;
  if (!changed.test(key)) {
    throw new Error('no key');
  }
  exec(`show ${key}`); // vuln: javascript-command-injection
  res.end();
});
