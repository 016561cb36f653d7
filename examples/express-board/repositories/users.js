'use strict';

const pool = require('../lib/db');

async function byHandle(handle) {
  const found = await pool.query('SELECT * FROM users WHERE handle = $1', [handle]);
  return found.rows[0];
}

async function add(handle, displayName, password) {
  const made = await pool.query(
    `INSERT INTO users (handle, display_name, password, moderator)
     VALUES ($1, $2, $3, NOT EXISTS (SELECT 1 FROM users)) ON CONFLICT (handle) DO NOTHING RETURNING *`,
    [handle, displayName, password],
  );
  return made.rows[0];
}

async function setSignature(id, signature) {
  await pool.query('UPDATE users SET signature = $2 WHERE id = $1', [id, signature]);
}

async function startReset(user, token) {
  await pool.query('UPDATE users SET reset_token = $2 WHERE id = $1', [user.id, token]);
  await pool.query('INSERT INTO outbox (user_id, subject, body) VALUES ($1, $2, $3)', [user.id, 'Your new password', `Code: ${token}`]);
}

async function finishReset(handle, token, password) {
  const changed = await pool.query('UPDATE users SET password = $3, reset_token = NULL WHERE handle = $1 AND reset_token = $2', [
    handle,
    token,
    password,
  ]);
  return changed.rowCount === 1;
}

async function addInvite(code, userId) {
  await pool.query('INSERT INTO invites (code, created_by) VALUES ($1, $2)', [code, userId]);
}

module.exports = { add, addInvite, byHandle, finishReset, setSignature, startReset };
