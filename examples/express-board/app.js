'use strict';

const path = require('node:path');

const cookieParser = require('cookie-parser');
const express = require('express');

const { loadUser } = require('./lib/auth');
const { HttpError } = require('./lib/errors');

const app = express();

app.set('view engine', 'ejs');
app.set('views', path.join(__dirname, 'views'));
app.disable('x-powered-by');

app.use(express.urlencoded({ extended: false }));
app.use(express.json({ limit: '200kb' }));
app.use(cookieParser());
app.use((req, res, next) => {
  req.body ??= {};
  next();
});
app.use(loadUser);

app.use('/', require('./routes/threads'));
app.use('/account', require('./routes/account'));
app.use('/attachments', require('./routes/attachments'));
app.use('/api', require('./routes/api'));
app.use('/admin', require('./routes/admin'));

app.use((error, req, res, next) => {
  if (res.headersSent) {
    return next(error);
  }
  const status = error instanceof HttpError ? error.status : error.status || 500;
  if (status >= 500) {
    console.error(error);
  }
  return res.status(status).json({ error: status < 500 ? error.message : 'internal error' });
});

module.exports = app;
