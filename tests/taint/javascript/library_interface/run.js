// What is run is no library, whatever it exports for its own tests.
const { exec } = require('child_process');

exports.main = (line) => exec(line); // vuln: javascript-command-injection [library]
