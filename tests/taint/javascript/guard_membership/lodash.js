// Membership by a library's function: the collection comes first.
const express = require('express');
const _ = require('lodash');
const { exec } = require('child_process');

const app = express();
const NAMES = ['chair', 'table'];

app.get('/known', (req, res) => {
  if (!_.includes(NAMES, req.query.name)) {
    return res.sendStatus(404);
  }
  exec(`show ${req.query.name}`); // safe: javascript-command-injection
  return res.end();
});

app.get('/unknown', (req, res) => {
  if (_.includes(NAMES, req.query.name)) {
    return res.sendStatus(404);
  }
  exec(`show ${req.query.name}`); // vuln: javascript-command-injection
  return res.end();
});

app.get('/swapped', (req, res) => {
  if (!_.includes(req.query.names, 'chair')) {
    return res.sendStatus(404);
  }
  exec(`show ${req.query.names}`); // vuln: javascript-command-injection
  return res.end();
});
