// Names that lead to a sink under other names, and names that only look like one.
const express = require('express');
const { exec: run } = require('child_process');
const child = require('node:child_process');
const tools = { exec: (text) => text.length };
const { execFile } = child;

const app = express();
const start = child.exec;
const alias = child;

function exec(text) {
  return text.toUpperCase();
}

app.get('/names', (req, res) => {
  run(`ls ${req.query.a}`); // vuln: javascript-command-injection
  child.exec(`ls ${req.query.b}`); // vuln: javascript-command-injection
  start(`ls ${req.query.c}`); // vuln: javascript-command-injection
  alias.execSync(`ls ${req.query.d}`); // vuln: javascript-command-injection
  child['exec'](`ls ${req.query.e}`); // vuln: javascript-command-injection
  require('child_process').exec(`ls ${req.query.f}`); // vuln: javascript-command-injection
  tools.exec(`ls ${req.query.g}`); // safe: javascript-command-injection
  exec(`ls ${req.query.h}`); // safe: javascript-command-injection
  execFile('ls', ['--', req.query.i]); // safe: javascript-command-injection
  /x/.exec(req.query.j); // safe: javascript-command-injection
  res.end();
});

app.get('/shadowed', (req, res) => {
  const child = { exec: (text) => text };
  child.exec(`ls ${req.query.a}`); // safe: javascript-command-injection
  ((run) => run(`ls ${req.query.b}`))((text) => text); // safe: javascript-command-injection
  res.end();
});
