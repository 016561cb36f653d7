const { exec } = require('child_process');

class Archive {
  constructor(folder) {
    this.folder = folder;
  }

  pack(name) {
    exec(`tar cf ${name}.tar .`); // vuln: javascript-command-injection [library]
  }

  count(done) {
    exec('ls | wc -l', done); // safe: javascript-command-injection [library]
  }
}

module.exports = Archive;
