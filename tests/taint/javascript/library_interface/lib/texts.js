const { exec } = require('child_process');

exports.count = (file) => {
  exec(`wc ${file}`); // vuln: javascript-command-injection [library]
};
