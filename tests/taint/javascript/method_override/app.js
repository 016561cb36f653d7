// A form may say that it is a PUT or a DELETE: then its answer is shown.
const express = require('express');
const methodOverride = require('method-override');

const app = express();
app.use(methodOverride('_method'));

app.delete('/notes/:id', (req, res) => {
  res.status(404).send(`No note ${req.params.id}`); // vuln: javascript-cross-site-scripting
});

app.put('/notes/:id', (req, res) => {
  res.type('text/plain').send(`No note ${req.params.id}`); // safe: javascript-cross-site-scripting
});
