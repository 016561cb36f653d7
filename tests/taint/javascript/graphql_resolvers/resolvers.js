const { exec } = require('child_process');

const Query = {
  files: (parent, args) => exec(`ls ${args.folder}`), // vuln: javascript-command-injection
  count: (parent, { folder }) => exec(`ls ${Number(folder)} | wc -l`), // safe: javascript-command-injection
};
const Mutation = require('./mutations');

module.exports = { Query, Mutation };
