// An application that is started: what its modules export is called from here, and from nowhere else.
const express = require('express');
const { convert, describe } = require('./tools');

const app = express();

app.get('/convert', (req, res) => {
  convert(req.query.file);
  describe('logo.png');
  res.end();
});

app.listen(3000);
