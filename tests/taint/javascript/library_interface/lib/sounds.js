const { exec } = require('child_process');

module.exports = {
  play(file) {
    exec(`aplay ${file}`); // vuln: javascript-command-injection [library]
  },
};
