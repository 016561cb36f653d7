// Modules that may not be there, kept in variables: what their calls make has its type all the same.
const express = require('express');
const { execSync } = require('child_process');

let crypto;
try {
  crypto = require('crypto');
} catch {
  crypto = undefined;
}

let runner;
try {
  runner = require('child_process');
} catch {
  runner = undefined;
}

const app = express();
const digest = (text) => crypto.createHash('sha256').update(text).digest('hex');

app.get('/digest', (req, res) => {
  res.send(execSync(`ls ${digest(req.query.name)}`)); // safe: javascript-command-injection
});

app.get('/run', (req, res) => {
  res.send(runner.execSync(`ls ${req.query.name}`)); // vuln: javascript-command-injection
});

app.get('/cipher', (req, res) => {
  const sign = crypto.createHash('sha256').update('x');
  res.send(execSync(`ls ${sign.digest('hex')} ${req.query.name}`)); // vuln: javascript-command-injection
});
