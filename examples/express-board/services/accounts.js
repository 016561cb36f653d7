'use strict';

const crypto = require('node:crypto');
const { promisify } = require('node:util');

const { HttpError } = require('../lib/errors');
const users = require('../repositories/users');

const scrypt = promisify(crypto.scrypt);

async function hash(password, salt = crypto.randomBytes(16).toString('hex')) {
  const derived = await scrypt(password, salt, 32);
  return `${salt}:${derived.toString('hex')}`;
}

async function signIn(handle, password) {
  const user = await users.byHandle(handle);
  if (!user) {
    throw new HttpError(401, 'unknown name or wrong password');
  }
  const [salt] = user.password.split(':');
  const attempt = await hash(password, salt);
  if (!crypto.timingSafeEqual(Buffer.from(attempt), Buffer.from(user.password))) {
    throw new HttpError(401, 'unknown name or wrong password');
  }
  return user;
}

async function register(handle, displayName, password) {
  if (password.length < 10) {
    throw new HttpError(400, 'ten characters or more, please');
  }
  const user = await users.add(handle, displayName, await hash(password));
  if (!user) {
    throw new HttpError(409, 'this name is taken');
  }
  return user;
}

async function requestReset(handle) {
  const user = await users.byHandle(handle);
  if (!user) {
    return;
  }
  const token = Math.random().toString(36).slice(2, 12);
  await users.startReset(user, token);
}

async function reset(handle, token, password) {
  if (password.length < 10 || !(await users.finishReset(handle, token, await hash(password)))) {
    throw new HttpError(400, 'wrong code, or a password that is too short');
  }
}

async function invite(user) {
  const code = crypto.randomBytes(12).toString('hex');
  await users.addInvite(code, user.id);
  return code;
}

module.exports = { invite, register, requestReset, reset, signIn };
