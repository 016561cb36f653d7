// Libraries that older programs work with: fstream for files, shell-exec and sync-exec for shells.
const path = require('path');
const { Duplex } = require('stream');
const util = require('util');
const fstream = require('fstream');
const run = require('shell-exec');
const runSync = require('sync-exec');

function Extract(options) {
  const self = this;
  Duplex.call(self, options);
  self.on('entry', (entry) => {
    entry.pipe(fstream.Writer({ path: path.join(options.path, entry.path) })); // vuln: javascript-path-traversal [content]
  });
}
util.inherits(Extract, Duplex);
exports.Extract = Extract;

function SafeExtract(options) {
  const self = this;
  Duplex.call(self, options);
  self.on('entry', (entry) => {
    const target = path.join(options.path, entry.path);
    if (!target.startsWith(options.path + path.sep)) {
      return;
    }
    entry.pipe(fstream.Writer({ path: target })); // safe: javascript-path-traversal
  });
}
util.inherits(SafeExtract, Duplex);
exports.SafeExtract = SafeExtract;

exports.free = (port) => run(`fuser -k ${port}/tcp`); // vuln: javascript-command-injection [library]

exports.freeOne = (port) => run(`fuser -k ${Number.parseInt(port, 10)}/tcp`); // safe: javascript-command-injection [library]

exports.count = (name) => runSync(`pgrep -c ${name}`).stdout; // vuln: javascript-command-injection [library]
