'use strict';

const express = require('express');

const { requireUser } = require('../lib/auth');
const { HttpError } = require('../lib/errors');
const { escapeHtml, renderPost, renderSignature } = require('../lib/markup');
const threads = require('../repositories/threads');
const ranking = require('../services/ranking');
const search = require('../services/search');

const router = express.Router();

const TIPS = ['Search before you ask.', 'Quote only what you answer.', 'Be kind.'];

function checkId(req, res, next, id) {
  if (!/^\d{1,9}$/.test(id)) {
    throw new HttpError(404, 'no such thread');
  }
  next();
}

async function index(req, res) {
  const tip = TIPS[Math.floor(Math.random() * TIPS.length)];
  res.render('index', { user: req.user, tip, threads: await threads.list(req.query.order) });
}

async function find(req, res) {
  const term = String(req.query.q || '');
  const rows = await search.find({ term, author: req.query.author });
  if (rows.length === 0) {
    return res.status(404).send(`<h1>Nothing found</h1><p>No thread is about <em>${term}</em>.</p>`);
  }
  return res.json(search.markMatches(rows, term));
}

async function authored(req, res) {
  const handle = String(req.query.handle || '');
  const rows = await threads.byAuthor(handle);
  if (rows.length === 0) {
    return res.status(404).send(`<h1>Nothing found</h1><p><em>${escapeHtml(handle)}</em> has written nothing yet.</p>`);
  }
  return res.json(rows);
}

async function statistics(req, res) {
  const rows = await threads.list('title');
  res.json(search.countMatches(rows, String(req.query.word || '')));
}

async function ranked(req, res) {
  res.json(await ranking.rank({ formula: req.query.formula, name: req.query.by || 'hot' }));
}

async function show(req, res) {
  const id = Number.parseInt(req.params.id, 10);
  const thread = await threads.get(id);
  if (!thread) {
    throw new HttpError(404, 'no such thread');
  }
  res.render('thread', { user: req.user, thread, posts: await threads.posts(id), renderPost, renderSignature });
}

async function create(req, res) {
  const id = await threads.create(req.user.id, String(req.body.title || 'Untitled').slice(0, 200));
  await threads.addPost(id, req.user.id, String(req.body.body || ''));
  res.redirect(`/threads/${id}`);
}

async function reply(req, res) {
  const id = Number.parseInt(req.params.id, 10);
  if (!(await threads.get(id))) {
    throw new HttpError(404, 'no such thread');
  }
  await threads.addPost(id, req.user.id, String(req.body.body || ''));
  res.redirect(`/threads/${id}`);
}

function previewPost(req, res) {
  const html = renderPost(String(req.body.body || ''));
  res.send(html);
}

function previewSignature(req, res) {
  const rendered = renderSignature(String(req.body.signature || ''));
  res.send(rendered);
}

// Links in posts lead through here, so that other sites do not see which thread a reader came from.
function leave(req, res) {
  res.set('Referrer-Policy', 'no-referrer');
  res.redirect(req.query.to || '/');
}

router.param('id', checkId);
router.get('/', index);
router.get('/search', find);
router.get('/authored', authored);
router.get('/statistics', statistics);
router.get('/ranked', ranked);
router.get('/leave', leave);
router.post('/preview', previewPost);
router.post('/preview-signature', previewSignature);
router.get('/threads/:id', show);
router.post('/threads', requireUser, create);
router.post('/threads/:id', requireUser, reply);

module.exports = router;
