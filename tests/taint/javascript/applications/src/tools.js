const { exec } = require('child_process');

function convert(file) {
  exec(`convert ${file} out.png`); // vuln: javascript-command-injection
}

function describe(file) {
  exec(`identify ${file}`); // safe: javascript-command-injection [library]
}

function forgotten(file) {
  exec(`rm ${file}`); // safe: javascript-command-injection [library]
}

module.exports = { convert, describe, forgotten };
