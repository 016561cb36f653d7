// `--` in a list of arguments: what stands behind it is no option.
const express = require('express');
const { execFile, spawn } = require('child_process');

const app = express();

app.get('/behind', (req, res) => {
  execFile('git', ['log', '--', String(req.query.path)], () => res.end()); // safe: javascript-argument-injection
});

app.get('/before', (req, res) => {
  execFile('git', ['log', String(req.query.branch), '--'], () => res.end()); // vuln: javascript-argument-injection
});

function remove(names) {
  return spawn('rm', ['-f', '--', ...names]); // safe: javascript-argument-injection
}

function list(names) {
  return spawn('ls', ['-l', ...names]); // vuln: javascript-argument-injection
}

app.get('/names', (req, res) => {
  const names = req.query.names.split(',');
  remove(names);
  list(names);
  res.end();
});
