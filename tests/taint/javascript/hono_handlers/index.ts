// Hono: the context's request, and markup with and without the template that escapes.
import { Hono } from 'hono';
import { html, raw } from 'hono/html';

const app = new Hono();

app.get('/plain', (c) => c.html(`<h1>${c.req.query('title')}</h1>`)); // vuln: javascript-cross-site-scripting
app.get('/tagged', (c) => c.html(html`<h1>${c.req.query('title')}</h1>`)); // safe: javascript-cross-site-scripting
app.get('/raw', (c) => c.html(html`<h1>${raw(c.req.query('title'))}</h1>`)); // vuln: javascript-cross-site-scripting
app.get('/json', (c) => c.json({ title: c.req.query('title') })); // safe: javascript-cross-site-scripting

export default app;
