'use strict';

const { escapeHtml } = require('../lib/markup');
const threads = require('../repositories/threads');

async function find({ term, author }) {
  if (author) {
    return threads.byAuthor(author);
  }
  return threads.search(term.trim());
}

// How often a word occurs in each title.
function countMatches(rows, word) {
  const pattern = new RegExp(word, 'gi');
  return rows.map((row) => ({ ...row, matches: (row.title.match(pattern) || []).length }));
}

// Titles with the word marked, ready for a page.
function markMatches(rows, word) {
  if (!word) {
    return rows;
  }
  const literal = escapeHtml(word).replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const finder = new RegExp(literal, 'gi');
  return rows.map((row) => ({ ...row, titleHtml: escapeHtml(row.title).replace(finder, '<mark>$&</mark>') }));
}

module.exports = { countMatches, find, markMatches };
