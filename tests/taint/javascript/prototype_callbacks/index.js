// Merges that go through the keys with a callback.
function extend(target, source) {
  Object.keys(source).forEach(function (key) {
    if (typeof target[key] === 'object') {
      extend(target[key], source[key]);
    } else {
      target[key] = source[key]; // vuln: javascript-prototype-pollution [library]
    }
  });
  return target;
}

function extendAll() {
  const target = arguments[0];
  Array.prototype.slice.call(arguments, 1).forEach(function (source) {
    Object.keys(source).forEach(function (key) {
      if (typeof source[key] !== 'object') {
        target[key] = source[key]; // vuln: javascript-prototype-pollution [library]
      } else {
        extendAll(target[key], source[key]);
      }
    });
  });
  return target;
}

function extendOwn(target, source) {
  Object.keys(source).forEach(function (key) {
    if (key === '__proto__' || key === 'constructor' || key === 'prototype') {
      return;
    }
    if (typeof target[key] === 'object') {
      extendOwn(target[key], source[key]);
    } else {
      target[key] = source[key]; // safe: javascript-prototype-pollution
    }
  });
  return target;
}

function assign(target, source) {
  Object.keys(source).forEach(function (key) {
    target[key] = source[key]; // safe: javascript-prototype-pollution
  });
  return target;
}

module.exports = { extend, extendAll, extendOwn, assign };
