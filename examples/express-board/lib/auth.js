'use strict';

const jwt = require('jsonwebtoken');

const config = require('../config');
const { HttpError } = require('./errors');

const WEEK = 7 * 24 * 3600;

function issue(user) {
  const claims = { sub: String(user.id), handle: user.handle };
  if (user.moderator) {
    claims.moderator = true;
  }
  return jwt.sign(claims, config.sessionKey, { algorithm: 'HS256', expiresIn: WEEK });
}

function sessionUser(token) {
  try {
    const session = jwt.verify(token, config.sessionKey, { algorithms: ['HS256'] });
    return { id: Number(session.sub), ...session };
  } catch {
    return null;
  }
}

function loadUser(req, res, next) {
  req.user = req.cookies.session ? sessionUser(req.cookies.session) : null;
  next();
}

// Partners call the API with a bearer token of our identity provider.
function requirePartner(req, res, next) {
  const [scheme, token] = (req.get('authorization') || '').split(' ');
  const partner = scheme === 'Bearer' && token ? jwt.decode(token) : null;
  if (!partner || !partner.scope) {
    throw new HttpError(401, 'a bearer token, please');
  }
  req.partner = partner;
  next();
}

// Importers sign with one of two keys and name it in the header, so that keys can be rotated.
function requireImporter(req, res, next) {
  const token = req.get('x-import-token') || '';
  const unverified = jwt.decode(token, { complete: true });
  const key = unverified && unverified.header.kid === 'previous' ? config.apiKeys.previous : config.apiKeys.current;
  try {
    req.importer = jwt.verify(token, key, { algorithms: ['HS256'] });
  } catch {
    throw new HttpError(401, 'a signed import token, please');
  }
  next();
}

function requireUser(req, res, next) {
  if (!req.user) {
    throw new HttpError(401, 'please sign in');
  }
  next();
}

function requireModerator(req, res, next) {
  if (!req.user || !req.user.moderator) {
    throw new HttpError(403, 'moderators only');
  }
  next();
}

module.exports = { issue, loadUser, requireImporter, requireModerator, requirePartner, requireUser };
