// Prototype pollution: recursive merges, paths, parsers of nested names, copies with for-in.
exports.merge = function merge(target, source) {
  for (const key in source) {
    if (typeof source[key] === 'object' && typeof target[key] === 'object') {
      merge(target[key], source[key]);
    } else {
      target[key] = source[key]; // vuln: javascript-prototype-pollution [library]
    }
  }
  return target;
};

exports.set = (object, path, value) => {
  const keys = path.split('.');
  let current = object;
  keys.forEach((key, index) => {
    if (index === keys.length - 1) {
      current[key] = value; // vuln: javascript-prototype-pollution [library]
    } else {
      current = current[key] = current[key] || {};
    }
  });
};

exports.defaults = (target, ...sources) => {
  sources.forEach((source) => {
    Object.keys(source).forEach((key) => {
      target[key] = source[key]; // safe: javascript-prototype-pollution [library]
    });
  });
  return target;
};

exports.parse = (text) => {
  const result = {};
  for (const part of text.split('&')) {
    const [name, value] = part.split('=');
    const [first, second] = name.split('.');
    if (second) {
      result[first] = result[first] || {};
      result[first][second] = value; // vuln: javascript-prototype-pollution [library]
    } else {
      result[first] = value; // safe: javascript-prototype-pollution [library]
    }
  }
  return result;
};

exports.count = (words) => {
  const counts = {};
  for (const word of words) {
    counts[word] = (counts[word] || 0) + 1; // safe: javascript-prototype-pollution [library]
  }
  return counts;
};

exports.matrix = (rows, row, column, value) => {
  rows[Number(row)][Number(column)] = value; // safe: javascript-prototype-pollution [library]
};

exports.setAt = function setAt(object, path, value) {
  if (typeof path === 'number') {
    path = [path];
  }
  const first = path[0];
  if (path.length === 1) {
    object[first] = value; // vuln: javascript-prototype-pollution [library]
    return;
  }
  setAt(object[first], path.slice(1), value);
};

exports.setIndex = function setIndex(object, path, value) {
  if (typeof path !== 'number') {
    return;
  }
  path = [path];
  const first = path[0];
  object.rows[first].value = value; // safe: javascript-prototype-pollution [library]
};
