// Names that are refused when they hold `..`: below a directory they stay there, by themselves they may still be absolute.
const fs = require('fs');
const path = require('path');
const express = require('express');

const app = express();

app.get('/below', (req, res) => {
  const { name } = req.query;
  if (name.includes('..')) {
    return res.sendStatus(400);
  }
  fs.createReadStream(path.join('/srv/files', name)).pipe(res); // safe: javascript-path-traversal
});

app.get('/behind', (req, res) => {
  const { name } = req.query;
  if (name.indexOf('..') !== -1) {
    throw new Error('no');
  }
  fs.createReadStream(`/srv/files/${name}`).pipe(res); // safe: javascript-path-traversal
});

app.get('/pattern', (req, res) => {
  const { name } = req.query;
  if (/(?:^|[\\/])\.\.(?:[\\/]|$)/.test(name)) {
    return res.sendStatus(400);
  }
  fs.createReadStream('/srv/files/' + name).pipe(res); // safe: javascript-path-traversal
});

app.get('/parts', (req, res) => {
  const { name } = req.query;
  if (name.split('/').includes('..')) {
    return res.sendStatus(400);
  }
  fs.createReadStream(path.join('/srv/files', name)).pipe(res); // safe: javascript-path-traversal
});

app.get('/alone', (req, res) => {
  const { name } = req.query;
  if (name.includes('..')) {
    return res.sendStatus(400);
  }
  fs.createReadStream(name).pipe(res); // vuln: javascript-path-traversal
});

app.get('/resolved', (req, res) => {
  const { name } = req.query;
  if (name.includes('..')) {
    return res.sendStatus(400);
  }
  fs.createReadStream(path.resolve('/srv/files', name)).pipe(res); // vuln: javascript-path-traversal
});

app.get('/late', (req, res) => {
  const file = path.join('/srv/files', req.query.name);
  if (file.includes('..')) {
    return res.sendStatus(400);
  }
  fs.createReadStream(file).pipe(res); // vuln: javascript-path-traversal
});

app.get('/start', (req, res) => {
  const { name } = req.query;
  if (/^\.\./.test(name)) {
    return res.sendStatus(400);
  }
  fs.createReadStream(path.join('/srv/files', name)).pipe(res); // vuln: javascript-path-traversal
});

app.get('/slash', (req, res) => {
  const { name } = req.query;
  if (name.includes('/..')) {
    return res.sendStatus(400);
  }
  fs.createReadStream(path.join('/srv/files', name)).pipe(res); // vuln: javascript-path-traversal
});

app.get('/parts-of-relative', (req, res) => {
  const file = path.resolve('/srv/files', req.query.name);
  if (path.relative('/srv/files', file).split(path.sep).includes('..')) {
    return res.status(403).end();
  }
  return res.send(fs.readFileSync(file)); // safe: javascript-path-traversal
});

app.get('/first-part', (req, res) => {
  const file = path.resolve('/srv/files', req.query.name);
  const parts = path.relative('/srv/files', file).split(path.sep);
  if (parts[0] === '..') {
    return res.status(403).end();
  }
  return res.send(fs.readFileSync(file)); // safe: javascript-path-traversal
});

app.get('/second-part', (req, res) => {
  const file = path.resolve('/srv/files', req.query.name);
  const parts = path.relative('/srv/files', file).split(path.sep);
  if (parts[1] === '..') {
    return res.status(403).end();
  }
  return res.send(fs.readFileSync(file)); // vuln: javascript-path-traversal
});

app.get('/parts-too-late', (req, res) => {
  const file = path.resolve('/srv/files', req.query.name);
  if (file.split(path.sep).includes('..')) {
    return res.status(403).end();
  }
  return res.send(fs.readFileSync(file)); // vuln: javascript-path-traversal
});

app.get('/root-or-below', (req, res) => {
  const file = path.resolve('/srv/files', req.query.name);
  const relative = path.relative('/srv/files', file);
  if (relative !== '' && (relative.startsWith('..') || path.isAbsolute(relative))) {
    return res.status(403).end();
  }
  return res.send(fs.readFileSync(file)); // safe: javascript-path-traversal
});

app.get('/some-and-above', (req, res) => {
  const file = path.resolve('/srv/files', req.query.name);
  const relative = path.relative('/srv/files', file);
  if (relative && relative.startsWith('..')) {
    return res.status(403).end();
  }
  return fs.readFile(file, (error, text) => res.end(text)); // safe: javascript-path-traversal
});

app.get('/not-the-root', (req, res) => {
  const file = path.resolve('/srv/files', req.query.name);
  const relative = path.relative('/srv/files', file);
  if (relative !== '' && relative.endsWith('.key')) {
    return res.status(403).end();
  }
  return res.send(fs.readFileSync(file)); // vuln: javascript-path-traversal
});

app.get('/only-the-root', (req, res) => {
  const file = path.resolve('/srv/files', req.query.name);
  const relative = path.relative('/srv/files', file);
  if (relative === '') {
    return res.status(403).end();
  }
  return res.send(fs.readFileSync(file)); // vuln: javascript-path-traversal
});
