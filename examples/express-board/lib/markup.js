'use strict';

const ENTITIES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escapeHtml(text) {
  return String(text).replace(/[&<>"']/g, (char) => ENTITIES[char]);
}

function emphasise(text) {
  return text.replace(/\*([^*\n]+)\*/g, '<b>$1</b>').replace(/\n/g, '<br>');
}

// Posts: *bold* and line breaks.
function renderPost(body) {
  return emphasise(body);
}

// Signatures know the same markup.
function renderSignature(signature) {
  return emphasise(escapeHtml(signature));
}

module.exports = { escapeHtml, renderPost, renderSignature };
