const { exec } = require('child_process');

class Image {
  constructor(file, options = {}) {
    this.file = file;
    this.options = options;
  }

  rotate(degrees, done) {
    exec(`mogrify -rotate ${degrees} ${this.file}`, done); // vuln: javascript-command-injection [library]
  }

  flip(done) {
    exec('mogrify -flip in.png', done); // safe: javascript-command-injection [library]
  }

  #hidden(line) {
    exec(line); // safe: javascript-command-injection [library]
  }
}

module.exports = Image;
