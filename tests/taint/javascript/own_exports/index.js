// A CommonJS module that calls its own functions by what it exports.
const { exec, execFile } = require('child_process');

exports.merge = function (target, source) {
  for (const key of Object.keys(source)) {
    if (source[key] && typeof source[key] === 'object') {
      exports.merge(target[key], source[key]);
    } else {
      target[key] = source[key]; // vuln: javascript-prototype-pollution [library]
    }
  }
  return target;
};

exports.mergeOwn = function (target, source) {
  for (const key of Object.keys(source)) {
    if (key === '__proto__' || key === 'constructor') {
      continue;
    }
    if (source[key] && typeof source[key] === 'object') {
      exports.mergeOwn(target[key], source[key]);
    } else {
      target[key] = source[key]; // safe: javascript-prototype-pollution [library]
    }
  }
  return target;
};

exports.line = (file) => `identify ${file}`;
module.exports.fixed = () => 'identify -version';

exports.identify = (file, done) => {
  exec(exports.line(file), done); // vuln: javascript-command-injection [library]
};

exports.version = (file, done) => {
  exec(module.exports.fixed(file), done); // safe: javascript-command-injection [library]
};

exports.safely = (file, done) => {
  execFile('identify', ['--', exports.plain(file)], done); // safe: javascript-command-injection [library]
};

exports.plain = (file) => file.replace(/[^a-z]/g, '');

exports.cleaned = (file, done) => {
  exec(`identify ${exports.plain(file)}`, done); // safe: javascript-command-injection [library]
};
