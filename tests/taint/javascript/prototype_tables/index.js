// Fields that inherit nothing, names that a function of the module lets through, objects that are made where they are not there.
class Words {
  constructor() {
    this.kept = Object.create(null);
    this.plain = {};
    this.later = Object.create(null);
    this.counts = new Map();
  }

  clear() {
    this.kept = Object.create(null);
    this.later = {};
  }

  put({ locale, name, word }) {
    this.kept[locale][name] = word; // safe: javascript-prototype-pollution [library]
    this.plain[locale][name] = word; // vuln: javascript-prototype-pollution [library]
    this.later[locale][name] = word; // vuln: javascript-prototype-pollution [library]
  }
}

function Old() {
  this.kept = Object.create(null);
  this.plain = {};
}

Old.prototype.put = function (entry) {
  this.kept[entry.locale][entry.name] = entry.word; // safe: javascript-prototype-pollution [library]
  this.plain[entry.locale][entry.name] = entry.word; // vuln: javascript-prototype-pollution [library]
};

function isName(key) {
  return key !== '__proto__' && key !== 'constructor' && key !== 'prototype';
}

function isLong(key) {
  return key.length > 1;
}

exports.names = (object, path, value) => {
  const keys = path.split('.').filter(isName);
  let current = object;
  for (let i = 0; i < keys.length - 1; i++) {
    current = current[keys[i]];
  }
  current[keys[keys.length - 1]] = value; // safe: javascript-prototype-pollution [library]
};

exports.longs = (object, path, value) => {
  const keys = path.split('.').filter(isLong);
  let current = object;
  for (let i = 0; i < keys.length - 1; i++) {
    current = current[keys[i]];
  }
  current[keys[keys.length - 1]] = value; // vuln: javascript-prototype-pollution [library]
};

exports.made = (object, path, value) => {
  let target = object;
  const keys = path.split(':');
  while (keys.length > 1) {
    const key = keys.shift();
    if (!target[key] || typeof target[key] !== 'object' || !Object.hasOwnProperty.call(target, key)) {
      target[key] = {};
    }
    target = target[key];
  }
  target[keys.shift()] = value; // safe: javascript-prototype-pollution [library]
};

exports.taken = (object, path, value) => {
  let target = object;
  const keys = path.split(':');
  while (keys.length > 1) {
    const key = keys.shift();
    if (!target[key] || typeof target[key] !== 'object') {
      target[key] = {};
    }
    target = target[key];
  }
  target[keys.shift()] = value; // vuln: javascript-prototype-pollution [library]
};

// `__proto__` alone is tested, in an object of the function's own; `constructor.prototype` leads to the same.
exports.parsed = (data) => {
  const result = {};
  for (const name of Object.keys(data)) {
    const keys = name.split('.');
    let current = result;
    for (let index = 0; index < keys.length; index++) {
      const key = keys[index];
      if (key === '__proto__') {
        continue;
      }
      if (index === keys.length - 1) {
        current[key] = data[name]; // vuln: javascript-prototype-pollution [library]
      } else {
        current = current[key];
      }
    }
  }
  return result;
};

exports.Words = Words;
exports.Old = Old;
