const path = require("node:path");

const ROOT = path.join(__dirname, "..", "panoramas");

/** Turn what the client sent into a path below ROOT. */
function clean(name) {
  return name
    .replace(/\\/g, "/")
    .replace(/\0/g, "")
    .replace(/\.\.\//g, "")
    .replace(/^\/+/, "");
}

function locate(name) {
  return path.join(ROOT, clean(name));
}

module.exports = { locate, ROOT };
