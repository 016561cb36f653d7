// What an option is or else the program's own: of two that may be called, the one that is known counts.
const fs = require('fs');
const path = require('path');
const tar = require('tar-stream');

exports.unpack = (folder, options) => {
  const extract = options.extract || tar.extract();
  extract.on('entry', (header, stream) => {
    stream.pipe(fs.createWriteStream(path.join(folder, header.name))); // vuln: javascript-path-traversal [content]
  });
  return extract;
};

exports.unpackNames = (folder, options) => {
  const extract = options.extract || tar.extract();
  extract.on('entry', (header, stream) => {
    stream.pipe(fs.createWriteStream(path.join('/srv/unpacked', path.basename(header.name)))); // safe: javascript-path-traversal
  });
  return extract;
};

exports.later = (options) => {
  const extract = options.extract || tar.extract();
  const begin = (folder) => {
    extract.on('entry', (header, stream) => {
      stream.pipe(fs.createWriteStream(path.join(folder, header.name))); // vuln: javascript-path-traversal [content]
    });
  };
  return begin;
};
