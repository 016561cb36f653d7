// Functions that are put together line by line, and text as it stands between quotes in a program.
const generate = require('generate-function');
const quoted = require('js-string-escape');
const jsesc = require('jsesc');

function read(zone) {
  return `row.date('${zone}')`;
}

function readSafely(zone) {
  return `row.date(${JSON.stringify(zone)})`;
}

exports.reader = (options) => {
  const line = generate();
  line('function (row) {')('"use strict";');
  line(`  return ${read(options.zone)};`); // vuln: javascript-code-injection [library]
  line('}');
  return line.toFunction();
};

exports.safeReader = (options) => {
  const line = generate();
  line('function (row) {');
  line(`  return ${readSafely(options.zone)};`); // safe: javascript-code-injection [library]
  line('}');
  return line.toFunction();
};

exports.getter = (field) => new Function('row', `return row['${field.replace(/'/g, "\\'")}']`); // vuln: javascript-code-injection [library]

exports.safeGetter = (field) => new Function('row', `return row['${quoted(field)}']`); // safe: javascript-code-injection [library]

exports.otherGetter = (field) => new Function('row', `return row['${jsesc(field)}']`); // safe: javascript-code-injection [library]
