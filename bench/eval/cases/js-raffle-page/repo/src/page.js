const escapeHtml = require("escape-html");

const page = (title, body) => `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>${escapeHtml(title)}</title></head>
<body>${body}</body>
</html>`;

// the ticket is filled in from the QR code
const form = (ticket) => `
<form method="post" action="/claim">
  <label>Ticket <input name=ticket value=${escapeHtml(ticket)}></label>
  <button>Claim</button>
</form>`;

module.exports = { page, form };
