// Names taken apart at their dots: what stands behind the last one leads nowhere, what stands before it or is put together again does.
const fs = require('fs');
const path = require('path');
const express = require('express');

const app = express();
app.use(express.json());

app.post('/ending', (req, res) => {
  const kind = req.body.name.split('.').pop();
  fs.writeFileSync(path.join('/srv/books', `book.${kind}`), req.body.text); // safe: javascript-path-traversal
  res.end();
});

app.post('/spread', (req, res) => {
  const kind = [...req.body.name.split('.')].pop().split('?')[0];
  fs.writeFileSync(path.resolve('/srv/books', `book${kind}`), req.body.text); // safe: javascript-path-traversal
  res.end();
});

app.post('/last', (req, res) => {
  const parts = req.body.name.split('.');
  fs.writeFileSync(`/srv/books/book.${parts[parts.length - 1].toLowerCase()}`, req.body.text); // safe: javascript-path-traversal
  res.end();
});

app.post('/absolute', (req, res) => {
  const kind = req.body.name.split('.').pop();
  fs.writeFileSync(path.resolve('/srv/books', kind), req.body.text); // vuln: javascript-path-traversal
  res.end();
});

app.post('/together', (req, res) => {
  const parts = req.body.name.split('.');
  fs.writeFileSync(`/srv/books/a${parts.join('.')}`, req.body.text); // vuln: javascript-path-traversal
  res.end();
});

app.post('/most', (req, res) => {
  const parts = req.body.name.split('.');
  const stem = parts.slice(0, -1).join('.');
  fs.writeFileSync(path.join('/srv/books', `${stem}.txt`), req.body.text); // vuln: javascript-path-traversal
  res.end();
});

app.post('/slashes', (req, res) => {
  const folder = req.body.name.split('/')[0];
  fs.writeFileSync(path.join('/srv/books', folder, 'a.txt'), req.body.text); // vuln: javascript-path-traversal
  res.end();
});
