// Options that may be in what is spread, or in the rest of it.
const express = require('express');

const app = express();

function sent(res, name, options) {
  res.sendFile(name, { ...options, dotfiles: 'deny' }); // safe: javascript-path-traversal
}

function rest(res, name, { type, ...options }) {
  res.type(type).sendFile(name, options); // safe: javascript-path-traversal
}

function taken(res, name, { root, ...options }) {
  res.sendFile(name, { maxAge: options.maxAge }); // vuln: javascript-path-traversal
}

app.get('/sent', (req, res) => sent(res, req.query.name, { root: '/srv' }));
app.get('/rest', (req, res) => rest(res, req.query.name, { root: '/srv', type: 'pdf' }));
app.get('/taken', (req, res) => taken(res, req.query.name, { root: '/srv', maxAge: 1 }));

exports.given = (res, token, options) => {
  res.cookie('session', token, { httpOnly: true, ...options }); // safe: javascript-cookie-without-httponly
  res.cookie('session', token, { ...options }); // safe: javascript-cookie-without-secure
};
