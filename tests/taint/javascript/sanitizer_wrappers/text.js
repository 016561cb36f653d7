const sanitizeHtml = require('sanitize-html');

exports.clean = (text) => sanitizeHtml(text, { allowedTags: ['b'] });

exports.shorten = (text) => (text.length > 20 ? `${text.slice(0, 20)}...` : text);
