// Command line and environment: local data. It counts for shells and code, at low confidence, and not for paths.
const { execSync } = require('child_process');
const fs = require('fs');
const readline = require('readline');

const [, , target] = process.argv;

execSync(`tar czf ${target}.tgz data`); // vuln: javascript-command-injection [local]
execSync(`deploy ${process.env.STAGE}`); // vuln: javascript-command-injection [local]
execSync('tar czf data.tgz data'); // safe: javascript-command-injection
fs.readFileSync(target); // safe: javascript-path-traversal
fs.readFileSync(process.env.SETTINGS); // safe: javascript-path-traversal
fs.readFileSync(process.argv[3] || 'settings.json'); // safe: javascript-path-traversal

readline.createInterface({ input: process.stdin }).on('line', (line) => {
  console.log(line.length);
});
