'use strict';

const { HttpError } = require('../lib/errors');
const threads = require('../repositories/threads');

const PRESETS = new Map([
  ['hot', (replies, age) => replies / (age + 2) ** 1.5],
  ['busy', (replies) => replies],
  ['fresh', (replies, age) => -age],
]);

function preset(name) {
  const score = PRESETS.get(name);
  if (!score) {
    throw new HttpError(400, 'unknown ranking');
  }
  return score;
}

// Readers may bring their own ranking, such as `replies * 2 - age`.
function compile(formula) {
  return new Function('replies', 'age', `return (${formula});`);
}

async function rank({ formula, name }) {
  const score = formula ? compile(formula) : preset(name);
  const rows = await threads.withReplies();
  return rows.map((row) => ({ ...row, score: Number(score(row.replies, row.age)) })).sort((a, b) => b.score - a.score);
}

module.exports = { rank };
