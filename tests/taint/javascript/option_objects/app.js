// Options that make a call wrong: written there, kept in variables, spread, changed later, in other modules.
const express = require('express');
const https = require('https');
const jwt = require('jsonwebtoken');

const config = require('./config');
const { OPEN, keys } = require('./config');

const app = express();
const LOOSE = { rejectUnauthorized: false };
const STRICT = { keepAlive: true };
const OFF = false;

exports.direct = () => new https.Agent({ keepAlive: true, rejectUnauthorized: false }); // vuln: javascript-tls-verification-off
exports.named = () => new https.Agent(LOOSE); // vuln: javascript-tls-verification-off
exports.constant = () => new https.Agent({ rejectUnauthorized: OFF }); // vuln: javascript-tls-verification-off
exports.negated = () => new https.Agent({ rejectUnauthorized: !true }); // vuln: javascript-tls-verification-off
exports.spread = () => new https.Agent({ ...LOOSE, keepAlive: true }); // vuln: javascript-tls-verification-off
exports.overridden = () => new https.Agent({ ...LOOSE, rejectUnauthorized: true }); // safe: javascript-tls-verification-off
exports.strict = () => new https.Agent(STRICT); // safe: javascript-tls-verification-off
exports.absent = () => new https.Agent(); // safe: javascript-tls-verification-off
exports.environment = () => new https.Agent({ rejectUnauthorized: process.env.LOOSE !== '1' }); // safe: javascript-tls-verification-off
exports.given = (options) => new https.Agent(options); // safe: javascript-tls-verification-off

exports.assigned = () => {
  const options = { keepAlive: true };
  options.rejectUnauthorized = false;
  return new https.Agent(options); // vuln: javascript-tls-verification-off
};

exports.shorthand = () => {
  const rejectUnauthorized = false;
  return https.get({ host: 'erp.example', rejectUnauthorized }); // vuln: javascript-tls-verification-off
};

exports.merged = () => https.get(Object.assign({ host: 'erp.example' }, LOOSE)); // vuln: javascript-tls-verification-off
exports.imported = () => new https.Agent(OPEN); // vuln: javascript-tls-verification-off
exports.member = () => new https.Agent(config.OPEN); // vuln: javascript-tls-verification-off
exports.importedKey = (user) => jwt.sign({ sub: user }, keys.session, { algorithm: 'HS256' }); // vuln: javascript-hard-coded-key
exports.importedVariable = (user) => jwt.sign({ sub: user }, keys.partner, { algorithm: 'HS256' }); // safe: javascript-hard-coded-key

app.post('/login', (req, res) => {
  res.cookie('session', '1', { maxAge: 10 }); // vuln: javascript-cookie-without-secure
  res.cookie('session', '1', { secure: true, httpOnly: true }); // safe: javascript-cookie-without-secure
  res.cookie('session', '1', config.cookies); // safe: javascript-cookie-without-secure
  res.status(200).cookie('session', '1'); // vuln: javascript-cookie-without-secure
  res.end();
});
