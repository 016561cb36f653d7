const { exec } = require('child_process');

exports.rotate = (file) => {
  exec(`mogrify -rotate 90 ${file}`); // vuln: javascript-command-injection [library]
};
