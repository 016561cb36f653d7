// What a browser shows as a page: answers to GET, and to POST, which forms send. Scripts alone get those to PUT, PATCH and DELETE.
const express = require('express');

const app = express();
app.use(express.json());
const notes = new Map();
let last = '';

app.get('/notes/:id', (req, res) => {
  res.status(404).send(`No note ${req.params.id}`); // vuln: javascript-cross-site-scripting
});

app.post('/notes', (req, res) => {
  res.status(400).send(`No title: ${req.body.title}`); // vuln: javascript-cross-site-scripting
});

app.delete('/notes/:id', (req, res) => {
  if (!notes.has(req.params.id)) {
    res.status(404).send(`No note ${req.params.id}`); // safe: javascript-cross-site-scripting
    return;
  }
  res.sendStatus(204);
});

app.put('/notes/:id', (req, res) => {
  last = req.body.title;
  res.send(told(req.params.id)); // safe: javascript-cross-site-scripting
});

app.get('/last', (req, res) => {
  res.send(`<b>${last}</b>`); // vuln: javascript-cross-site-scripting
});

function told(id) {
  return `Saved ${id}`;
}

function either(req, res) {
  res.send(`Looked for ${req.params.id}`); // vuln: javascript-cross-site-scripting
}

app.route('/either/:id').get(either).patch(either);

app.put('/names', (req, res) => renamed(req.body.name, res));
app.post('/names', (req, res) => renamed(req.body.name, res));

function renamed(name, res) {
  res.status(400).send(`No name: ${name}`); // vuln: javascript-cross-site-scripting
}
