'use strict';

const RESERVED = new Set(['__proto__', 'constructor', 'prototype']);

function isObject(value) {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

// Merges `patch` into `target`, objects within objects included.
function deepMerge(target, patch) {
  for (const key of Object.keys(patch)) {
    if (isObject(patch[key]) && isObject(target[key])) {
      deepMerge(target[key], patch[key]);
    } else {
      target[key] = patch[key];
    }
  }
  return target;
}

// As deepMerge, for what comes from other systems.
function overlay(base, changes) {
  for (const name of Object.keys(changes)) {
    if (RESERVED.has(name)) {
      continue;
    }
    if (isObject(changes[name]) && isObject(base[name])) {
      overlay(base[name], changes[name]);
    } else {
      base[name] = changes[name];
    }
  }
  return base;
}

module.exports = { deepMerge, overlay };
