const Koa = require('koa');
const Router = require('@koa/router');

const app = new Koa();
const router = new Router();

router.get('/plain/:name', async (ctx) => {
  ctx.type = 'text/plain';
  ctx.body = `Hello ${ctx.params.name}`; // safe: javascript-cross-site-scripting
});

router.get('/events/:name', async (ctx) => {
  ctx.set('Content-Type', 'text/event-stream');
  ctx.res.write(`data: ${ctx.params.name}\n\n`); // safe: javascript-cross-site-scripting
});

router.get('/page/:name', async (ctx) => {
  ctx.type = 'html';
  ctx.body = `<p>${ctx.params.name}`; // vuln: javascript-cross-site-scripting
});

router.get('/untold/:name', async (ctx) => {
  ctx.body = `<p>${ctx.params.name}`; // vuln: javascript-cross-site-scripting
});

app.use(router.routes());
