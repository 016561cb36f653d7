// Guards against prototype pollution that really protect, and those that leave a way.
const BLOCKED = ['__proto__', 'constructor', 'prototype'];
const isUnsafe = (key) => key === '__proto__' || key === 'constructor' || key === 'prototype';

exports.blocked = function blocked(target, source) {
  for (const key of Object.keys(source)) {
    if (BLOCKED.includes(key)) {
      continue;
    }
    if (typeof target[key] === 'object') {
      blocked(target[key], source[key]);
    } else {
      target[key] = source[key]; // safe: javascript-prototype-pollution [library]
    }
  }
};

exports.helper = function helper(target, source) {
  for (const key of Object.keys(source)) {
    if (isUnsafe(key)) {
      return;
    }
    if (typeof target[key] === 'object') {
      helper(target[key], source[key]);
    } else {
      target[key] = source[key]; // safe: javascript-prototype-pollution [library]
    }
  }
};

exports.own = function own(target, source) {
  for (const key of Object.keys(source)) {
    if (Object.prototype.hasOwnProperty.call(target, key) && typeof target[key] === 'object') {
      own(target[key], source[key]);
    } else if (key !== '__proto__') {
      target[key] = source[key]; // safe: javascript-prototype-pollution [library]
    }
  }
};

exports.bare = (path, value) => {
  const root = Object.create(null);
  const [first, second] = path.split('.');
  root[first] = Object.create(null);
  root[first][second] = value; // safe: javascript-prototype-pollution [library]
  return root;
};

exports.path = (object, path, value) => {
  const keys = path.split('.');
  if (keys.some((key) => BLOCKED.includes(key))) {
    throw new Error('not a path');
  }
  let current = object;
  for (const key of keys.slice(0, -1)) {
    current = current[key];
  }
  current[keys.at(-1)] = value; // safe: javascript-prototype-pollution [library]
};

exports.onlyProto = (object, path, value) => {
  let current = object;
  const keys = path.split('.');
  for (const key of keys.slice(0, -1)) {
    if (key === '__proto__') {
      return;
    }
    current = current[key];
  }
  current[keys.at(-1)] = value; // vuln: javascript-prototype-pollution [library]
};

exports.before = (object, path, value) => {
  if (path === '__proto__' || path === 'constructor' || path === 'prototype') {
    return;
  }
  const [first, second] = path.split('.');
  object[first][second] = value; // vuln: javascript-prototype-pollution [library]
};

exports.last = (object, keys, value) => {
  let current = object;
  for (const key of keys.slice(0, -1)) {
    current = current[key];
  }
  const last = keys[keys.length - 1];
  if (last !== 'prototype') {
    current[last] = value; // vuln: javascript-prototype-pollution [library]
  }
};

exports.looped = (object, path, value) => {
  const keys = path.split('.');
  for (const key of keys) {
    if (key === '__proto__' || key === 'constructor' || key === 'prototype') throw new Error(`no: ${key}`);
  }
  let current = object;
  for (let i = 0; i < keys.length - 1; i++) {
    current = current[keys[i]];
  }
  current[keys[keys.length - 1]] = value; // safe: javascript-prototype-pollution [library]
};

exports.forEach = (object, path, value) => {
  const keys = path.split('.');
  keys.forEach((key) => {
    if (BLOCKED.includes(key)) throw new Error(`no: ${key}`);
  });
  let current = object;
  for (let i = 0; i < keys.length - 1; i++) {
    current = current[keys[i]];
  }
  current[keys[keys.length - 1]] = value; // safe: javascript-prototype-pollution [library]
};

exports.filtered = (object, keys, value) => {
  keys = keys.filter((key) => key !== '__proto__' && key !== 'constructor' && key !== 'prototype');
  let current = object;
  for (let i = 0; i < keys.length - 1; i++) {
    current = current[keys[i]];
  }
  current[keys[keys.length - 1]] = value; // safe: javascript-prototype-pollution [library]
};

exports.skipped = (object, path, value) => {
  const keys = path.split('.');
  for (const key of keys) {
    if (BLOCKED.includes(key)) continue;
    if (isUnsafe(key)) console.warn(key);
  }
  let current = object;
  for (let i = 0; i < keys.length - 1; i++) {
    current = current[keys[i]];
  }
  current[keys[keys.length - 1]] = value; // vuln: javascript-prototype-pollution [library]
};

exports.returned = (object, path, value) => {
  const keys = path.split('.');
  keys.forEach((key) => {
    if (BLOCKED.includes(key)) return;
    console.log(key);
  });
  let current = object;
  for (let i = 0; i < keys.length - 1; i++) {
    current = current[keys[i]];
  }
  current[keys[keys.length - 1]] = value; // vuln: javascript-prototype-pollution [library]
};

exports.firstOnly = (object, path, value) => {
  const keys = path.split('.');
  for (const key of keys) {
    if (BLOCKED.includes(key)) throw new Error(`no: ${key}`);
    if (key) break;
  }
  let current = object;
  for (let i = 0; i < keys.length - 1; i++) {
    current = current[keys[i]];
  }
  current[keys[keys.length - 1]] = value; // vuln: javascript-prototype-pollution [library]
};

exports.kept = (object, path, value) => {
  const keys = path.split('.').filter((key) => BLOCKED.includes(key) || key.length > 1);
  let current = object;
  for (let i = 0; i < keys.length - 1; i++) {
    current = current[keys[i]];
  }
  current[keys[keys.length - 1]] = value; // vuln: javascript-prototype-pollution [library]
};

exports.nested = (keys, value) => {
  const out = Object.create(null);
  let current = out;
  while (keys.length > 1) {
    const key = keys.shift();
    if (!Object.prototype.hasOwnProperty.call(current, key)) current[key] = Object.create(null);
    current = current[key];
  }
  current[keys[0]] = value; // safe: javascript-prototype-pollution [library]
  return out;
};

exports.ownOrNew = (object, keys, value) => {
  let current = object;
  for (const key of keys.slice(0, -1)) {
    if (!Object.hasOwn(current, key)) current[key] = {};
    current = current[key];
  }
  current[keys.at(-1)] = value; // safe: javascript-prototype-pollution [library]
};

exports.someOrNew = (object, keys, value) => {
  let current = object;
  for (const key of keys.slice(0, -1)) {
    if (!current[key]) current[key] = {};
    current = current[key];
  }
  current[keys.at(-1)] = value; // vuln: javascript-prototype-pollution [library]
};

exports.otherOwn = (object, defaults, keys, value) => {
  let current = object;
  for (const key of keys.slice(0, -1)) {
    if (!Object.hasOwn(defaults, key)) current[key] = {};
    current = current[key];
  }
  current[keys.at(-1)] = value; // vuln: javascript-prototype-pollution [library]
};

exports.apart = function apart(target, area, key, value) {
  target[`area:${area}`][key] = value; // safe: javascript-prototype-pollution [library]
  target['area ' + area][key] = value; // safe: javascript-prototype-pollution [library]
  target[area + 1][key] = value; // safe: javascript-prototype-pollution [library]
  target[area[0] + ''][key] = value; // vuln: javascript-prototype-pollution [library]
};

exports.near = function near(target, area, key, value) {
  target[`__${area[0]}__`][key] = value; // vuln: javascript-prototype-pollution [library]
};

exports.taken = function taken(target, area, key, value) {
  const name = `area:${area[0]}`;
  target[name.slice(5)][key] = value; // vuln: javascript-prototype-pollution [library]
};
