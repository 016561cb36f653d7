const { exec } = require('child_process');

exports.create = function create(options) {
  return {
    run(file, done) {
      exec(`${options.program} ${file}`, done); // vuln: javascript-command-injection [library]
    },
    version(done) {
      exec('convert -version', done); // safe: javascript-command-injection [library]
    },
  };
};

exports.Queue = function Queue() {};

exports.Queue.prototype.add = function add(file) {
  exec(`identify ${file}`); // vuln: javascript-command-injection [library]
};
