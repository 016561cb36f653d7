'use strict';

const pool = require('../lib/db');

const FIELDS = 't.id, t.title, t.created_at, u.handle';
const ORDERS = new Map([
  ['newest', 't.created_at DESC'],
  ['oldest', 't.created_at ASC'],
  ['title', 't.title ASC'],
]);

async function search(term) {
  const where = `NOT t.hidden AND t.title ILIKE '%${term}%'`;
  const found = await pool.query(`SELECT ${FIELDS} FROM threads t JOIN users u ON u.id = t.author_id WHERE ${where} ORDER BY t.id`);
  return found.rows;
}

async function byAuthor(handle) {
  const where = 'NOT t.hidden AND u.handle = $1';
  const written = await pool.query(`SELECT ${FIELDS} FROM threads t JOIN users u ON u.id = t.author_id WHERE ${where} ORDER BY t.id`, [handle]);
  return written.rows;
}

async function list(order) {
  const column = ORDERS.get(order) || ORDERS.get('newest');
  const listed = await pool.query(`SELECT ${FIELDS} FROM threads t JOIN users u ON u.id = t.author_id WHERE NOT t.hidden ORDER BY ${column}`);
  return listed.rows;
}

async function withReplies() {
  const counted = await pool.query(
    `SELECT t.id, t.title, u.handle, count(p.id)::int AS replies, extract(epoch FROM now() - t.created_at)::int / 3600 AS age
     FROM threads t JOIN users u ON u.id = t.author_id LEFT JOIN posts p ON p.thread_id = t.id
     WHERE NOT t.hidden GROUP BY t.id, u.handle`,
  );
  return counted.rows;
}

async function get(id) {
  const thread = await pool.query(`SELECT ${FIELDS} FROM threads t JOIN users u ON u.id = t.author_id WHERE NOT t.hidden AND t.id = $1`, [id]);
  return thread.rows[0];
}

async function posts(id) {
  const replies = await pool.query(
    `SELECT p.id, p.body, u.handle, u.display_name, u.signature
     FROM posts p JOIN users u ON u.id = p.author_id WHERE p.thread_id = $1 ORDER BY p.id`,
    [id],
  );
  return replies.rows;
}

async function create(authorId, title) {
  const made = await pool.query('INSERT INTO threads (author_id, title) VALUES ($1, $2) RETURNING id', [authorId, title]);
  return made.rows[0].id;
}

async function addPost(threadId, authorId, body) {
  await pool.query('INSERT INTO posts (thread_id, author_id, body) VALUES ($1, $2, $3)', [threadId, authorId, body]);
}

async function hide(id) {
  await pool.query('UPDATE threads SET hidden = TRUE WHERE id = $1', [id]);
}

module.exports = { addPost, byAuthor, create, get, hide, list, posts, search, withReplies };
