// What a library exports, in every form that packages have: a function, properties of it, classes, factories, re-exports.
const { exec, execFile } = require('child_process');

module.exports = function convert(source, target, done) {
  exec(`convert ${source} ${target}`, done); // vuln: javascript-command-injection [library]
};

module.exports.resize = (source, width, done) => {
  exec(`convert ${source} -resize ${Number(width)} out.png`, done); // vuln: javascript-command-injection [library]
};

module.exports.info = function info(source, done) {
  execFile('identify', ['--', source], done); // safe: javascript-command-injection [library]
};

module.exports.Image = require('./image');
module.exports.create = require('./factory').create;

function internal(line) {
  exec(line); // safe: javascript-command-injection [library]
}

internal('convert -version');
