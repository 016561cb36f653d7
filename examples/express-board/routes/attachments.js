'use strict';

const path = require('node:path');

const express = require('express');
const multer = require('multer');

const config = require('../config');
const { requireUser } = require('../lib/auth');
const { HttpError } = require('../lib/errors');
const attachments = require('../services/attachments');
const thumbnails = require('../services/thumbnails');

const router = express.Router();
const upload = multer({ storage: multer.memoryStorage(), limits: { fileSize: 5 * 1024 * 1024 } });

async function create(req, res) {
  if (!req.file) {
    throw new HttpError(400, 'no file');
  }
  res.status(201).json({ name: await attachments.save(req.file) });
}

function legacy(req, res) {
  const stream = attachments.openLegacy(String(req.query.file || ''));
  stream.on('error', () => res.status(404).end());
  res.attachment();
  stream.pipe(res);
}

function avatar(req, res) {
  const file = path.join(config.avatars, String(req.query.file || 'default.png'));
  res.sendFile(file);
}

function badge(req, res) {
  const name = String(req.query.file || 'default.png');
  res.sendFile(name, { root: config.avatars });
}

function show(req, res) {
  res.sendFile(attachments.locate(req.params.name));
}

async function thumbnail(req, res) {
  const name = await thumbnails.create(req.params.name, req.body.size || '200x200');
  res.status(201).json({ name });
}

async function crop(req, res) {
  const name = await thumbnails.crop(req.params.name, String(req.body.geometry || '200x200+0+0'));
  res.status(201).json({ name });
}

router.post('/', requireUser, upload.single('file'), create);
router.get('/legacy', legacy);
router.get('/avatar', avatar);
router.get('/badge', badge);
router.get('/:name', show);
router.post('/:name/thumbnail', requireUser, thumbnail);
router.post('/:name/crop', requireUser, crop);

module.exports = router;
