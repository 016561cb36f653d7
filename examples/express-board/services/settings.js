'use strict';

const { deepMerge, overlay } = require('../lib/merge');

const DEFAULTS = { theme: 'light', mail: { replies: true, digest: false } };
const settings = new Map();
const feeds = new Map();

function forUser(userId) {
  if (!settings.has(userId)) {
    settings.set(userId, structuredClone(DEFAULTS));
  }
  return settings.get(userId);
}

function update(userId, patch) {
  return deepMerge(forUser(userId), patch);
}

function updateFeed(name, patch) {
  const feed = feeds.get(name) || { title: name, filter: {} };
  feeds.set(name, overlay(feed, patch));
  return feeds.get(name);
}

module.exports = { forUser, update, updateFeed };
