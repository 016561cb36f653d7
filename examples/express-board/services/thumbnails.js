'use strict';

const { exec, execFile } = require('node:child_process');
const { promisify } = require('node:util');

const attachments = require('./attachments');

const run = promisify(exec);
const runFile = promisify(execFile);

async function create(name, size) {
  const source = attachments.locate(name);
  const target = `${source}.thumb.png`;
  await run(`convert '${source}' -resize ${size} '${target}'`);
  return `${name}.thumb.png`;
}

async function crop(name, geometry) {
  const picture = attachments.locate(name);
  const cropped = `${picture}.crop.png`;
  await runFile('convert', [picture, '-crop', geometry, cropped]);
  return `${name}.crop.png`;
}

module.exports = { create, crop };
