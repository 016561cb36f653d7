// Searches that begin anew at each letter of a run and read it to its end; and functions of one name with what the module offers.
const LIST = / *, */; // vuln: javascript-slow-regex [library]

exports.tokens = (header) => header.split(LIST);

exports.comments = (text) => text.replace(/\([^)]*\)/g, ''); // vuln: javascript-slow-regex [library]

exports.inner = (text) => text.replace(/\([^()]*\)/g, ''); // safe: javascript-slow-regex [library]

exports.anchored = (text) => /^\{.*\}/.test(text); // safe: javascript-slow-regex [library]

exports.trimmed = (text) => text.replace(/\s+$/, ''); // safe: javascript-slow-regex [library]

exports.closed = (text) => /[{[].*[}\]]$/.test(text); // safe: javascript-slow-regex [library]

exports.quoted = (text) => text.match(/(["']).*?\1/); // safe: javascript-slow-regex [library]

exports.words = (text) => text.match(/\w+\b/g); // safe: javascript-slow-regex [library]

exports.bounded = (text) => {
  if (text.length > 200) throw new RangeError('too long');
  return /\{.*\}/.test(text); // safe: javascript-slow-regex [library]
};

exports.hasBraces = function (text) {
  return hasBraces(text);
};

function hasBraces(text) {
  return /\{.*\}/.test(text); // vuln: javascript-slow-regex [library]
}
