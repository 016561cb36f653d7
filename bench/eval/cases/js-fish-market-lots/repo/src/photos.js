"use strict";

const fs = require("node:fs");
const path = require("node:path");

const FOLDER = path.resolve("photos");

/** The photograph of a lot; most are JPEG, so the suffix can be left out. */
function photo(lot) {
  const name = lot.includes(".") ? lot : `${lot}.jpg`;
  return path.join(FOLDER, name);
}

function send(res, file) {
  const stream = fs.createReadStream(file);
  stream.on("error", () => res.writeHead(404).end());
  stream.pipe(res);
}

module.exports = { photo, send };
