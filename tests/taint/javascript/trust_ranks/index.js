// What reaches one place from a library's callers and from its own command line: the callers count for more.
const { exec } = require('child_process');

exports.free = (port, done) => {
  exec(`fuser -k ${port}/tcp`, done); // vuln: javascript-command-injection [library]
};

exports.freeOne = (port, done) => {
  exec(`fuser -k ${Number(port)}/tcp`, done); // safe: javascript-command-injection
};
