const { exec } = require('child_process');

module.exports = {
  remove(parent, { input }) {
    exec(`rm ${input.name}`); // vuln: javascript-command-injection
  },
  rotate(parent) {
    exec(`rotate ${parent.id}`); // safe: javascript-command-injection
  },
};
