// Variables of a module that hold one function or another.
const crypto = require('crypto');
const fs = require('fs');
const express = require('express');

const app = express();

const slow = (text) => crypto.createHash('sha256').update(text).digest('hex');

function fast(text) {
  return String(text.length);
}

const same = (text) => text;

let keyOf;
if (process.env.FAST) {
  keyOf = fast;
} else {
  keyOf = slow;
}

let nameOf = slow;
if (process.env.PLAIN) {
  nameOf = same;
}

let given = slow;

app.get('/key', (req, res) => {
  res.send(fs.readFileSync(`/srv/cache/${keyOf(req.url)}`)); // safe: javascript-path-traversal
});

app.get('/name', (req, res) => {
  res.send(fs.readFileSync(`/srv/cache/${nameOf(req.url)}`)); // vuln: javascript-path-traversal
});

app.get('/given', (req, res) => {
  res.send(fs.readFileSync(`/srv/cache/${given(req.url)}`)); // vuln: javascript-path-traversal
});

exports.choose = (other) => {
  given = other;
};
