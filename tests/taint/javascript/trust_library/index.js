// A library: nobody calls its functions here, whoever requires it does.
const { exec, execFile } = require('child_process');

const { Store } = require('./store');

function convert(source, target, done) {
  exec(`convert ${source} ${target}`, done); // vuln: javascript-command-injection [library]
}

function convertSafely(source, target, done) {
  execFile('convert', ['--', source, target], done); // safe: javascript-command-injection [library]
}

function hidden(command) {
  exec(command); // safe: javascript-command-injection [library]
}

module.exports = { convert, convertSafely, Store, warm: () => hidden('convert -version') };
