// Functions in the style of Node that were made into promises: by util.promisify in every spelling, by hand, by modules of promises.
const { exec, execFile } = require('child_process');
const express = require('express');
const fs = require('fs');
const { promisify } = require('util');
const util = require('node:util');

const app = express();
const run = promisify(exec);
const start = util.promisify(execFile);
const also = util.promisify(require('child_process').exec);

const byHand = (line) => new Promise((resolve, reject) => {
  exec(line, (error, stdout) => (error ? reject(error) : resolve(stdout))); // vuln: javascript-command-injection
});

app.get('/run', async (req, res) => {
  await run(`ls ${req.query.a}`); // vuln: javascript-command-injection
  await also(`ls ${req.query.b}`); // vuln: javascript-command-injection
  await start('ls', ['--', req.query.c]); // safe: javascript-command-injection
  await byHand(`ls ${req.query.d}`);
  const { stdout } = await run('ls'); // safe: javascript-command-injection
  res.json({ stdout });
});

class Tools {
  constructor() {
    this.run = promisify(exec);
  }

  list(folder) {
    return this.run(`ls ${folder}`); // vuln: javascript-command-injection
  }
}

app.get('/tools', async (req, res) => res.json(await new Tools().list(req.query.folder)));

app.get('/promises', async (req, res) => {
  await fs.promises.readFile(`/srv/${req.query.name}`); // vuln: javascript-path-traversal
  await fs.promises.readFile('/srv/help.txt'); // safe: javascript-path-traversal
  res.end();
});
