'use strict';

const { HttpError } = require('../lib/errors');

const EMBED_HOSTS = new Set(['video.example.org', 'pictures.example.org']);
const TIMEOUT = 5000;

async function download(address) {
  const response = await fetch(address, { signal: AbortSignal.timeout(TIMEOUT) });
  return response.text();
}

// The title and the beginning of a linked page.
async function preview(address) {
  const html = await download(address);
  const title = /<title>([^<]{0,200})/i.exec(html);
  return { address, title: title ? title[1] : address, excerpt: html.slice(0, 300) };
}

// The player of a video or a picture from a host that we know.
async function embed(address) {
  const { hostname } = new URL(address);
  if (!EMBED_HOSTS.has(hostname)) {
    throw new HttpError(400, 'we cannot embed this');
  }
  const endpoint = `https://${hostname}/oembed?url=${encodeURIComponent(address)}`;
  const answer = await fetch(endpoint, { signal: AbortSignal.timeout(TIMEOUT), redirect: 'error' });
  return answer.json();
}

module.exports = { embed, preview };
