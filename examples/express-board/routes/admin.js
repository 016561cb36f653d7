'use strict';

const express = require('express');
const multer = require('multer');

const { requireModerator } = require('../lib/auth');
const { HttpError } = require('../lib/errors');
const threads = require('../repositories/threads');
const accounts = require('../services/accounts');
const importer = require('../services/importer');

const router = express.Router();
const upload = multer({ storage: multer.memoryStorage(), limits: { fileSize: 20 * 1024 * 1024 } });

function requireFile(req, res, next) {
  if (!req.file) {
    throw new HttpError(400, 'no file');
  }
  next();
}

function importArchive(req, res) {
  res.status(201).json({ files: importer.importArchive(req.file.buffer) });
}

function installTheme(req, res) {
  res.status(201).json({ files: importer.installTheme(req.file.buffer) });
}

async function hide(req, res) {
  const id = Number.parseInt(req.params.id, 10);
  if (!(await threads.get(id || 0))) {
    throw new HttpError(404, 'no such thread');
  }
  await threads.hide(id);
  res.status(204).end();
}

async function invite(req, res) {
  res.status(201).json({ code: await accounts.invite(req.user) });
}

router.use(requireModerator);
router.post('/import', upload.single('archive'), requireFile, importArchive);
router.post('/theme', upload.single('archive'), requireFile, installTheme);
router.post('/threads/:id/hide', hide);
router.post('/invites', invite);

module.exports = router;
