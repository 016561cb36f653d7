// Roots that another module names.
const fs = require('fs');
const path = require('path');
const express = require('express');
const { folders, site } = require('./settings');

const app = express();

app.get('/form', (req, res) => {
  const form = path.resolve(folders.forms, req.query.name);
  if (!form.startsWith(folders.forms + path.sep)) {
    return res.sendStatus(404);
  }
  fs.createReadStream(form).pipe(res); // safe: javascript-path-traversal
});

app.get('/open', (req, res) => {
  const form = path.resolve(folders.forms, req.query.name);
  fs.createReadStream(form).pipe(res); // vuln: javascript-path-traversal
});

app.get('/back', (req, res) => {
  const target = new URL(req.query.next, site);
  if (target.origin !== site) {
    return res.redirect('/');
  }
  res.redirect(target.href); // safe: javascript-open-redirect
});

app.get('/away', (req, res) => {
  const target = new URL(req.query.next, site);
  res.redirect(target.href); // vuln: javascript-open-redirect
});
