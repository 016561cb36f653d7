// An object that is sent goes out as JSON, wherever it was put together; text that is made of one is text.
const express = require('express');
const clone = require('clone');

const app = express();
const known = {};

class NotFound extends Error {
  constructor(message) {
    super(message);
    this.status = 404;
  }
}

class Page {
  constructor(title) {
    this.title = title;
  }
}

function described(req) {
  return { name: req.query.name };
}

function listed(req) {
  return [req.query.name];
}

function added(list, req) {
  for (const id of Object.keys(known)) {
    const info = clone(known[id]);
    info.host = req.get('X-Forwarded-Host');
    list.push(info);
  }
  return list;
}

function completed(req) {
  const found = load();
  found.name = req.query.name;
  return found;
}

async function later(req) {
  const found = await described(req);
  return found;
}

function written(data) {
  return JSON.stringify(data);
}

function rendered(data) {
  return template(data);
}

function either(req) {
  const found = described(req);
  return req.query.short ? `<b>${found.name}</b>` : found;
}

app.get('/described', (req, res) => {
  res.send(described(req)); // safe: javascript-cross-site-scripting
});

app.get('/listed', (req, res) => {
  res.send(listed(req)); // safe: javascript-cross-site-scripting
});

app.get('/added', (req, res) => {
  res.send(added(added([], req), req)); // safe: javascript-cross-site-scripting
});

app.get('/completed', (req, res) => {
  res.send(completed(req)); // safe: javascript-cross-site-scripting
});

app.get('/later', async (req, res) => {
  res.send(await later(req)); // safe: javascript-cross-site-scripting
});

app.get('/here', (req, res) => {
  const info = clone(known.first);
  info.tiles = [`tiles/${req.params.id}`];
  res.send(info); // safe: javascript-cross-site-scripting
});

app.get('/error', (req, res) => {
  const error = new NotFound(`nothing at ${req.path}`);
  res.status(404).send(error); // safe: javascript-cross-site-scripting
});

app.get('/page', (req, res) => {
  res.send(new Page(req.query.title)); // safe: javascript-cross-site-scripting
});

// What was in the object is in the text that is made of it.
app.get('/title', (req, res) => {
  res.send(new Page(req.query.title).title); // vuln: javascript-cross-site-scripting
});

app.get('/message', (req, res) => {
  const error = new NotFound(`nothing at ${req.path}`);
  res.status(404).send(error.message); // vuln: javascript-cross-site-scripting
});

app.get('/field', (req, res) => {
  res.send(described(req).name); // vuln: javascript-cross-site-scripting
});

app.get('/element', (req, res) => {
  res.send(listed(req)[0]); // vuln: javascript-cross-site-scripting
});

app.get('/joined', (req, res) => {
  res.send(added([], req).map((info) => `<p>${info.host}`).join('')); // vuln: javascript-cross-site-scripting
});

app.get('/here-title', (req, res) => {
  const info = clone(known.first);
  info.title = req.query.title;
  res.send(`<p>${info.title}`); // vuln: javascript-cross-site-scripting
});

app.get('/written', (req, res) => {
  res.send(written({ name: req.query.name })); // vuln: javascript-cross-site-scripting
});

app.get('/written-later', (req, res) => {
  res.send(written(described(req))); // vuln: javascript-cross-site-scripting
});

app.get('/written-here', (req, res) => {
  res.send(JSON.stringify(described(req))); // vuln: javascript-cross-site-scripting
});

app.get('/rendered', (req, res) => {
  res.send(rendered({ name: req.query.name })); // vuln: javascript-cross-site-scripting
});

app.get('/rendered-later', (req, res) => {
  res.send(rendered(described(req))); // vuln: javascript-cross-site-scripting
});

app.get('/either', (req, res) => {
  res.send(either(req)); // vuln: javascript-cross-site-scripting
});
