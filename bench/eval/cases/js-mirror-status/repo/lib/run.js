"use strict";

const { spawn } = require("node:child_process");

const DEFAULTS = { cwd: "/srv/mirror", timeout: 15000, windowsHide: true, shell: true, env: { PATH: "/usr/bin:/bin" } };

/** Run a program with a list of arguments and collect what it prints. */
function run(program, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...DEFAULTS, ...options });
    let text = "";
    child.stdout.on("data", (chunk) => (text += chunk));
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, text }));
  });
}

module.exports = { run };
