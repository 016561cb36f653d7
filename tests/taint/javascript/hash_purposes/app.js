// Broken hash functions: what the names around them, and of what they are given, say they are for.
const crypto = require('crypto');
const md5 = require('md5');
const { createHash } = require('node:crypto');

function cachePath(url) {
  return '/var/cache/' + crypto.createHash('md5').update(url).digest('hex'); // safe: javascript-weak-hash
}

function toFolder(text) {
  return createHash('md5').update(text).digest('hex').slice(0, 8); // safe: javascript-weak-hash
}

function etag(body) {
  const hash = createHash('sha1'); // safe: javascript-weak-hash
  hash.update(body);
  return hash.digest('base64');
}

function avatar(user) {
  return `https://avatars.example/${md5(user.email)}`; // safe: javascript-weak-hash
}

function kept(user, given) {
  return crypto.createHash('md5').update(given.password + user.id).digest('hex'); // vuln: javascript-weak-hash
}

function stored(user, pass) {
  const text = `${user}:${pass}`;
  return crypto.createHash('sha1').update(text).digest('hex'); // vuln: javascript-weak-hash
}

function same(user, given) {
  const hash = crypto.createHash('sha1'); // vuln: javascript-weak-hash
  hash.update(user.id);
  hash.update(given.password);
  return hash.digest('hex') === user.digest;
}

function signature(body) {
  return crypto.createHash('md5').update(body).digest('hex'); // vuln: javascript-weak-hash
}

function upload(body) {
  const checksum = crypto.createHash('sha1').update(body).digest('hex'); // vuln: javascript-weak-hash
  return checksum;
}

function piped(stream) {
  return stream.pipe(crypto.createHash('md5')); // vuln: javascript-weak-hash
}

function salted(salt, text) {
  return md5(salt + text); // vuln: javascript-weak-hash
}

function handler(req, res) {
  const read = (text) => createHash('md5').update(text).digest('hex'); // safe: javascript-weak-hash
  res.json({ name: read(req.query.name), token: createHash('md5').update(req.body.token).digest('hex') }); // vuln: javascript-weak-hash
}

module.exports = { cachePath, toFolder, etag, avatar, kept, stored, same, signature, upload, piped, salted, handler };
