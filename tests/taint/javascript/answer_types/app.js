// What an answer is said to be before something is written into it, and where that does not hold.
const express = require('express');

const app = express();

app.get('/json', (req, res) => {
  res.setHeader('content-type', 'application/json; charset=utf-8');
  res.end(JSON.stringify({ name: req.query.name })); // safe: javascript-cross-site-scripting
});

app.get('/events', (req, res) => {
  res.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-cache' });
  res.write(`data: ${req.query.name}\n\n`); // safe: javascript-cross-site-scripting
});

app.get('/chain', (req, res) => {
  res.status(200).set('Content-Type', 'text/plain').send(req.query.name); // safe: javascript-cross-site-scripting
});

app.get('/save', (req, res) => {
  res.attachment(`${req.query.name}.txt`);
  res.send(req.query.text); // safe: javascript-cross-site-scripting
});

app.get('/later', (req, res) => {
  res.type('json');
  setTimeout(() => {
    res.end(req.query.name); // safe: javascript-cross-site-scripting
  }, 10);
});

app.get('/both', (req, res) => {
  if (req.accepts('json')) {
    res.setHeader('Content-Type', 'application/json');
  } else {
    res.setHeader('Content-Type', 'text/plain');
  }
  res.end(req.query.name); // safe: javascript-cross-site-scripting
});

app.get('/page', (req, res) => {
  res.setHeader('Content-Type', 'text/html');
  res.end(`<p>${req.query.name}`); // vuln: javascript-cross-site-scripting
});

app.get('/drawing', (req, res) => {
  res.setHeader('Content-Type', 'image/svg+xml');
  res.end(`<svg><text>${req.query.name}</text></svg>`); // vuln: javascript-cross-site-scripting
});

app.get('/one', (req, res) => {
  if (req.accepts('json')) {
    res.setHeader('Content-Type', 'application/json');
  }
  res.end(req.query.name); // vuln: javascript-cross-site-scripting
});

app.get('/other', (req, res) => {
  if (req.accepts('json')) {
    res.setHeader('Content-Type', 'application/json');
    res.end(JSON.stringify(req.query.name)); // safe: javascript-cross-site-scripting
    return;
  }
  res.end(req.query.name); // vuln: javascript-cross-site-scripting
});

app.get('/again', (req, res) => {
  res.setHeader('Content-Type', 'application/json');
  res.setHeader('Content-Type', 'text/html');
  res.end(req.query.name); // vuln: javascript-cross-site-scripting
});

app.get('/chosen', (req, res) => {
  res.setHeader('Content-Type', req.query.type);
  res.end(req.query.name); // vuln: javascript-cross-site-scripting
});

app.get('/inline', (req, res) => {
  res.setHeader('Content-Disposition', 'inline');
  res.end(req.query.name); // vuln: javascript-cross-site-scripting
});

app.get('/length', (req, res) => {
  res.setHeader('Content-Length', req.query.name.length);
  res.end(req.query.name); // vuln: javascript-cross-site-scripting
});

// An answer is what it is whatever the variable is called, and another thing is none because a variable is called so.
app.get('/renamed', (req, res) => {
  const out = res;
  out.setHeader('Content-Type', 'application/json');
  res.end(req.query.name); // safe: javascript-cross-site-scripting
});

app.get('/renamed-later', (req, res) => {
  res.setHeader('Content-Type', 'application/json');
  const out = res;
  setTimeout(() => out.end(req.query.name), 1); // safe: javascript-cross-site-scripting
});

app.get('/another', (req, res) => {
  let out = new Headers();
  out.set('Content-Type', 'application/json');
  out = res;
  out.end(req.query.name); // vuln: javascript-cross-site-scripting
});

app.get('/perhaps', (req, res) => {
  const out = res;
  if (req.query.json) {
    out.type('json');
  }
  out.end(req.query.name); // vuln: javascript-cross-site-scripting
});

// What was made is named in the same header as where to go; the status says which of them it is.
app.post('/made', (req, res) => {
  res.status(201).header('Location', `${req.params.name}/tags`).json({}); // safe: javascript-open-redirect
});

app.post('/made-there', (req, res) => {
  res.status(201);
  res.location(req.query.next); // safe: javascript-open-redirect
  res.end();
});

app.get('/moved', (req, res) => {
  res.status(302).header('Location', req.query.next).end(); // vuln: javascript-open-redirect
});

app.get('/untold-status', (req, res) => {
  res.location(req.query.next); // vuln: javascript-open-redirect
  res.end();
});

app.get('/some-status', (req, res) => {
  res.status(Number(req.query.status)).location(req.query.next).end(); // vuln: javascript-open-redirect
});

app.get('/perhaps-made', (req, res) => {
  if (req.query.made) {
    res.status(201);
  }
  res.location(req.query.next); // vuln: javascript-open-redirect
  res.end();
});

app.get('/made-and-moved', (req, res) => {
  res.status(201).redirect(req.query.next); // vuln: javascript-open-redirect
});
