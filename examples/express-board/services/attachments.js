'use strict';

const crypto = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');

const config = require('../config');
const { HttpError } = require('../lib/errors');

const TYPES = new Map([
  ['image/png', '.png'],
  ['image/jpeg', '.jpg'],
  ['application/pdf', '.pdf'],
]);

async function save(upload) {
  const extension = TYPES.get(upload.mimetype);
  if (!extension) {
    throw new HttpError(415, 'pictures and PDF only');
  }
  const name = crypto.randomUUID() + extension;
  await fs.promises.writeFile(path.join(config.uploads, name), upload.buffer);
  return name;
}

function locate(name) {
  const root = path.resolve(config.uploads);
  const file = path.resolve(root, name);
  if (!file.startsWith(root + path.sep)) {
    throw new HttpError(404, 'no such attachment');
  }
  return file;
}

// Old links carry the folder in the name, as in `2019/cat.png`.
function openLegacy(name) {
  const file = path.join(config.archives, name);
  if (!fs.existsSync(file)) {
    throw new HttpError(404, 'no such attachment');
  }
  return fs.createReadStream(file);
}

module.exports = { locate, openLegacy, save };
