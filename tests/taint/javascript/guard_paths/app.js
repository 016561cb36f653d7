// Containment of paths: after normalisation and with a separator it protects, otherwise not.
const express = require('express');
const fs = require('fs');
const path = require('path');
const sanitize = require('sanitize-filename');

const app = express();
const ROOT = '/srv/files';
const BASE = path.resolve(__dirname, 'files');

app.get('/contained', (req, res) => {
  const file = path.resolve(ROOT, req.query.name);
  if (!file.startsWith(ROOT + path.sep)) {
    return res.status(403).end();
  }
  return res.send(fs.readFileSync(file)); // safe: javascript-path-traversal
});

app.get('/slash', (req, res) => {
  const file = path.normalize(path.join(ROOT, req.query.name));
  if (file.startsWith('/srv/files/')) {
    return res.send(fs.readFileSync(file)); // safe: javascript-path-traversal
  }
  return res.status(404).end();
});

app.get('/base', (req, res) => {
  const file = path.join(BASE, req.query.name);
  if (!file.startsWith(`${BASE}${path.sep}`)) {
    return res.status(403).end();
  }
  return res.send(fs.readFileSync(file)); // safe: javascript-path-traversal
});

app.get('/relative', (req, res) => {
  const file = path.resolve(ROOT, req.query.name);
  const inside = path.relative(ROOT, file);
  if (inside.startsWith('..') || path.isAbsolute(inside)) {
    return res.status(403).end();
  }
  return res.send(fs.readFileSync(file)); // safe: javascript-path-traversal
});

app.get('/basename', (req, res) => {
  res.send(fs.readFileSync(path.join(ROOT, path.basename(req.query.name)))); // safe: javascript-path-traversal
});

app.get('/sanitized', (req, res) => {
  res.send(fs.readFileSync(path.join(ROOT, sanitize(req.query.name)))); // safe: javascript-path-traversal
});

app.get('/root-option', (req, res) => {
  res.sendFile(req.query.name, { root: ROOT }); // safe: javascript-path-traversal
});

app.get('/real', (req, res) => {
  const file = fs.realpathSync(path.join(ROOT, req.query.name));
  if (file.indexOf('/srv/files/') !== 0) {
    return res.status(403).end();
  }
  return res.send(fs.readFileSync(file)); // safe: javascript-path-traversal
});

app.get('/word', (req, res) => {
  if (!/^[\w-]+\.txt$/.test(req.query.name)) {
    return res.status(400).end();
  }
  return res.send(fs.readFileSync(path.join(ROOT, req.query.name))); // safe: javascript-path-traversal
});

app.get('/no-separator', (req, res) => {
  const file = path.resolve(ROOT, req.query.name);
  if (!file.startsWith(ROOT)) {
    return res.status(403).end();
  }
  return res.send(fs.readFileSync(file)); // vuln: javascript-path-prefix-test [remote]
});

app.get('/not-normalised', (req, res) => {
  const file = `${ROOT}/${req.query.name}`;
  if (!file.startsWith(ROOT + path.sep)) {
    return res.status(403).end();
  }
  return res.send(fs.readFileSync(file)); // vuln: javascript-path-traversal
});

app.get('/too-early', (req, res) => {
  const file = `${ROOT}/${req.query.name}`;
  if (!file.startsWith('/srv/files/')) {
    return res.status(403).end();
  }
  return res.send(fs.readFileSync(path.normalize(file))); // vuln: javascript-path-traversal
});

app.get('/dots', (req, res) => {
  if (req.query.name.startsWith('..')) {
    return res.status(403).end();
  }
  return res.send(fs.readFileSync(path.join(ROOT, req.query.name))); // vuln: javascript-path-traversal
});

app.get('/replaced', (req, res) => {
  const name = req.query.name.replace('../', '');
  res.send(fs.readFileSync(path.join(ROOT, name))); // vuln: javascript-path-traversal
});

app.get('/exists', (req, res) => {
  const file = path.join(ROOT, req.query.name);
  if (!fs.existsSync(file)) {
    return res.status(404).end();
  }
  return res.sendFile(file); // vuln: javascript-path-traversal
});

app.get('/suffix', (req, res) => {
  if (!req.query.name.endsWith('.txt')) {
    return res.status(404).end();
  }
  return res.send(fs.readFileSync(path.join(ROOT, req.query.name))); // vuln: javascript-path-traversal
});

app.get('/beginning', (req, res) => {
  const root = path.resolve('/srv/files') + path.sep;
  const full = path.normalize(path.join(root, req.query.name));
  if (full.slice(0, root.length) !== root) {
    return res.sendStatus(403);
  }
  return res.end(fs.readFileSync(full)); // safe: javascript-path-traversal
});

app.get('/no-beginning', (req, res) => {
  const root = path.resolve('/srv/files') + path.sep;
  const full = path.normalize(path.join(root, req.query.name));
  if (full.slice(1, root.length) !== root) {
    return res.end(fs.readFileSync(full)); // vuln: javascript-path-traversal
  }
  return res.end();
});

function within(root, name) {
  const base = path.resolve(root);
  const full = path.join(base, name);
  if (full !== base && !full.startsWith(base + path.sep)) return null;
  return full;
}

function unlessRoot(root, name) {
  const base = path.resolve(root);
  const full = path.join(base, name);
  if (full === base) return null;
  return full;
}

app.get('/within', (req, res) => {
  const file = within(ROOT, req.query.name);
  return file ? res.send(fs.readFileSync(file)) : res.status(404).end(); // safe: javascript-path-traversal
});

app.get('/unless-root', (req, res) => {
  const file = unlessRoot(ROOT, req.query.name);
  return file ? res.send(fs.readFileSync(file)) : res.status(404).end(); // vuln: javascript-path-traversal
});

app.get('/within-any', (req, res) => {
  const file = within(req.query.root, req.query.name);
  return file ? res.send(fs.readFileSync(file)) : res.status(404).end(); // vuln: javascript-path-traversal
});
