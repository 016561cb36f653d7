// Addresses: allow-lists of hosts protect, tests on the text do not.
const express = require('express');

const app = express();
const HOSTS = ['a.example', 'b.example'];

app.get('/host', async (req, res) => {
  const target = new URL(req.query.url);
  if (!HOSTS.includes(target.hostname)) {
    return res.status(400).end();
  }
  return res.send(await (await fetch(target)).json()); // safe: javascript-server-side-request-forgery
});

app.get('/host-text', async (req, res) => {
  const target = new URL(req.query.url);
  if (target.host === 'a.example') {
    await fetch(target.href); // safe: javascript-server-side-request-forgery
  }
  res.end();
});

app.get('/origin', async (req, res) => {
  const target = new URL(req.query.url, 'https://a.example');
  if (target.origin !== 'https://a.example') {
    return res.status(400).end();
  }
  return res.redirect(target.href); // safe: javascript-open-redirect
});

app.get('/path-only', (req, res) => {
  const target = new URL(req.query.url, 'https://a.example');
  res.redirect(`/go${target.search}`); // safe: javascript-open-redirect
});

app.get('/encoded', async (req, res) => {
  await fetch(`https://a.example/search?q=${encodeURIComponent(req.query.q)}`); // safe: javascript-server-side-request-forgery
  await fetch(`https://a.example/items/${Number(req.query.id)}`); // safe: javascript-server-side-request-forgery
  res.end();
});

app.get('/starts-with', async (req, res) => {
  const url = String(req.query.url);
  if (!url.startsWith('https://a.example')) {
    return res.status(400).end();
  }
  return res.send(await fetch(url)); // vuln: javascript-server-side-request-forgery
});

app.get('/includes', async (req, res) => {
  const url = String(req.query.url);
  if (url.includes('a.example')) {
    await fetch(url); // vuln: javascript-server-side-request-forgery
  }
  res.end();
});

app.get('/ends-with', async (req, res) => {
  const target = new URL(req.query.url);
  if (target.hostname.endsWith('a.example')) {
    await fetch(target); // vuln: javascript-server-side-request-forgery
  }
  res.end();
});

app.get('/scheme', async (req, res) => {
  const target = new URL(req.query.url);
  if (target.protocol === 'https:') {
    await fetch(target); // vuln: javascript-server-side-request-forgery
  }
  res.end();
});

app.get('/slash', (req, res) => {
  const next = String(req.query.next);
  if (next.startsWith('/')) {
    return res.redirect(next); // vuln: javascript-open-redirect
  }
  return res.redirect('/'); // safe: javascript-open-redirect
});

app.get('/one-slash', (req, res) => {
  const next = String(req.query.next);
  if (/^\/[a-z0-9-]+$/.test(next)) {
    return res.redirect(next); // safe: javascript-open-redirect
  }
  return res.redirect('/');
});

app.get('/denied', async (req, res) => {
  const target = new URL(req.query.url);
  if (target.hostname === 'localhost' || target.hostname === '127.0.0.1') {
    return res.status(400).end();
  }
  return res.send(await fetch(target)); // vuln: javascript-server-side-request-forgery
});

app.get('/parsable', async (req, res) => {
  if (!URL.canParse(req.query.url)) {
    return res.status(400).end();
  }
  return res.send(await fetch(req.query.url)); // vuln: javascript-server-side-request-forgery
});

app.get('/site-path', (req, res) => {
  const next = req.query.next;
  if (typeof next !== 'string' || !/^\/(?![/\\])/.test(next)) {
    return res.redirect('/');
  }
  return res.redirect(next); // safe: javascript-open-redirect
});

function destination(req) {
  const to = req.query.to;
  if (typeof to !== 'string' || !/^\/(?![/\\])/.test(to)) return '/';
  return to;
}

function anywhere(req) {
  const to = req.query.to;
  if (typeof to !== 'string' || !/^\/(?!\/)/.test(to)) return '/';
  return to;
}

app.get('/helped', (req, res) => {
  res.redirect(destination(req)); // safe: javascript-open-redirect
});

app.get('/half-helped', (req, res) => {
  res.redirect(anywhere(req)); // vuln: javascript-open-redirect
});

app.get('/known-host', async (req, res) => {
  const target = String(req.query.url);
  if (!/^https:\/\/a\.example\//.test(target)) {
    return res.status(400).end();
  }
  return res.send(await fetch(target)); // safe: javascript-server-side-request-forgery
});

app.get('/open-host', async (req, res) => {
  const target = String(req.query.url);
  if (!/^https:\/\/a\.example/.test(target)) {
    return res.status(400).end();
  }
  return res.send(await fetch(target)); // vuln: javascript-server-side-request-forgery
});
