// Roots that an enclosing function names: with the separator at their end, and without it.
const fs = require('fs');
const http = require('http');
const path = require('path');

module.exports = function serve(folder) {
  const root = path.join(path.resolve(folder), '/');
  const bare = path.resolve(folder);

  http.createServer((req, res) => {
    const file = path.normalize(path.join(root, decodeURIComponent(req.url)));
    const packed = `${file}.gz`;
    if (file.slice(0, root.length) !== root) {
      res.end();
      return;
    }
    fs.stat(file, () => { // safe: javascript-path-traversal
      fs.createReadStream(packed).pipe(res); // safe: javascript-path-traversal
    });
  });

  http.createServer((req, res) => {
    const file = path.normalize(path.join(root, decodeURIComponent(req.url)));
    fs.createReadStream(file).pipe(res); // vuln: javascript-path-traversal
  });

  http.createServer((req, res) => {
    const file = path.normalize(path.join(bare, decodeURIComponent(req.url)));
    if (!file.startsWith(bare)) {
      res.end();
      return;
    }
    fs.createReadStream(file).pipe(res); // safe: javascript-path-traversal
  });
};
