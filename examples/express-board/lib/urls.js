'use strict';

const BASE = 'https://board.invalid';

// Only addresses on this site start with a slash.
function isLocal(target) {
  return typeof target === 'string' && target.startsWith('/');
}

// `target` reduced to a path on this site.
function localPath(target) {
  let parsed;
  try {
    parsed = new URL(String(target || '/'), BASE);
  } catch {
    return '/';
  }
  if (parsed.origin !== BASE) {
    return '/';
  }
  return `/${parsed.pathname.replace(/^\/+/, '')}${parsed.search}`;
}

module.exports = { isLocal, localPath };
