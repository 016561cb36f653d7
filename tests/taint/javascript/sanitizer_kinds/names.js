// Names of files, and versions: what cannot be in them any more.
const { exec } = require('child_process');
const express = require('express');
const fs = require('fs');
const path = require('path');
const sanitize = require('sanitize-filename');
const semver = require('semver');
const { parse, satisfies, valid } = require('semver');

const app = express();

app.get('/file', (req, res) => {
  const name = sanitize(req.query.name);
  fs.readFileSync(path.join('/srv', name)); // safe: javascript-path-traversal
  exec(`ls ${name}`); // vuln: javascript-command-injection
  res.send(`<p>${name}</p>`); // safe: javascript-cross-site-scripting
});

app.get('/version', (req, res) => {
  const major = parse(req.query.version).major;
  exec(`install node_${major}`); // safe: javascript-command-injection
  exec(`install node-${semver.coerce(req.query.version)}`); // safe: javascript-command-injection
  exec(`install node-${valid(req.query.version)}`); // safe: javascript-command-injection
  if (satisfies(req.query.version, '>=20')) {
    exec(`install node-${semver.maxSatisfying([req.query.version], '*')}`); // vuln: javascript-command-injection
  }
  res.end();
});
