'use strict';

const express = require('express');

const { issue, requireUser } = require('../lib/auth');
const { HttpError } = require('../lib/errors');
const { isLocal, localPath } = require('../lib/urls');
const users = require('../repositories/users');
const accounts = require('../services/accounts');

const router = express.Router();

const WEEK = 7 * 24 * 3600 * 1000;

function form(req, res) {
  res.render('login', { next: String(req.query.next || '/') });
}

async function login(req, res) {
  const user = await accounts.signIn(String(req.body.handle || ''), String(req.body.password || ''));
  res.cookie('session', issue(user), { maxAge: WEEK });
  const next = req.body.next;
  if (!isLocal(next)) {
    return res.redirect('/');
  }
  return res.redirect(next);
}

async function register(req, res) {
  const handle = String(req.body.handle || '');
  const displayName = String(req.body.displayName || handle);
  if (!/^[a-z0-9]+(?:[-_][a-z0-9]+)*$/.test(handle)) {
    throw new HttpError(400, 'a name of letters, digits and single hyphens, please');
  }
  if (!/^([A-Za-z0-9]+[-_ ]?)+$/.test(displayName)) {
    throw new HttpError(400, 'letters, digits and spaces only, please');
  }
  const user = await accounts.register(handle, displayName, String(req.body.password || ''));
  res.cookie('session', issue(user), { maxAge: WEEK, httpOnly: true, secure: true, sameSite: 'lax' });
  const destination = localPath(req.body.next);
  return res.redirect(destination);
}

async function requestReset(req, res) {
  await accounts.requestReset(String(req.body.handle || ''));
  res.status(202).json({ message: 'We have sent you a code.' });
}

async function reset(req, res) {
  await accounts.reset(String(req.body.handle || ''), String(req.body.token || ''), String(req.body.password || ''));
  res.status(204).end();
}

async function signature(req, res) {
  await users.setSignature(req.user.id, String(req.body.signature || '').slice(0, 500));
  res.status(204).end();
}

function logout(req, res) {
  res.clearCookie('session');
  res.redirect('/');
}

router.get('/login', form);
router.post('/login', login);
router.post('/register', register);
router.post('/reset-request', requestReset);
router.post('/reset', reset);
router.put('/signature', requireUser, signature);
router.post('/logout', logout);

module.exports = router;
