'use strict';

const fs = require('node:fs');
const path = require('node:path');

const AdmZip = require('adm-zip');

const config = require('../config');
const { HttpError } = require('../lib/errors');

function files(archive) {
  return new AdmZip(archive).getEntries().filter((entry) => !entry.isDirectory);
}

// Attachments of another board, packed by its export.
function importArchive(archive) {
  const names = [];
  for (const entry of files(archive)) {
    const target = path.join(config.archives, entry.entryName);
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.writeFileSync(target, entry.getData());
    names.push(entry.entryName);
  }
  return names;
}

function installTheme(archive) {
  const root = path.resolve(config.themes);
  const installed = [];
  for (const entry of files(archive)) {
    const destination = path.resolve(root, entry.entryName);
    if (!destination.startsWith(root + path.sep)) {
      throw new HttpError(400, 'a theme stays in its folder');
    }
    fs.mkdirSync(path.dirname(destination), { recursive: true });
    fs.writeFileSync(destination, entry.getData());
    installed.push(entry.entryName);
  }
  return installed;
}

module.exports = { importArchive, installTheme };
