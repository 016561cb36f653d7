'use strict';

const express = require('express');

const { requireImporter, requirePartner, requireUser } = require('../lib/auth');
const pool = require('../lib/db');
const { HttpError } = require('../lib/errors');
const settings = require('../services/settings');
const unfurl = require('../services/unfurl');

const router = express.Router();

async function profile(req, res) {
  const query = "SELECT handle, display_name, signature FROM users WHERE handle = '" + req.params.handle + "'";
  const result = await pool.query(query);
  res.json(result.rows[0] || null);
}

async function latestPosts(req, res) {
  const count = Number.parseInt(req.query.count, 10);
  if (!Number.isInteger(count) || count < 1 || count > 100) {
    throw new HttpError(400, 'a number from 1 to 100, please');
  }
  const recent = `SELECT p.id, p.body FROM posts p JOIN threads t ON t.id = p.thread_id WHERE NOT t.hidden ORDER BY p.id DESC LIMIT ${count}`;
  const latest = await pool.query(recent);
  res.json(latest.rows);
}

async function members(req, res) {
  const everyone = await pool.query('SELECT handle, display_name, moderator FROM users ORDER BY handle');
  res.json({ partner: req.partner.scope, members: everyone.rows });
}

async function preview(req, res) {
  res.json(await unfurl.preview(String(req.body.url || '')));
}

async function embed(req, res) {
  if (!URL.canParse(req.body.url)) {
    throw new HttpError(400, 'an address, please');
  }
  res.json(await unfurl.embed(req.body.url));
}

function patchSettings(req, res) {
  res.json(settings.update(req.user.id, req.body));
}

function patchFeed(req, res) {
  res.json(settings.updateFeed(req.params.name, req.body));
}

router.get('/users/:handle', profile);
router.get('/posts', latestPosts);
router.get('/members', requirePartner, members);
router.post('/unfurl', requireUser, preview);
router.post('/embed', requireUser, embed);
router.patch('/settings', requireUser, patchSettings);
router.patch('/feeds/:name', requireImporter, patchFeed);

module.exports = router;
