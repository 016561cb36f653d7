// Koa: context, request, body, params, state, middleware.
const Koa = require('koa');
const Router = require('@koa/router');
const bodyParser = require('koa-bodyparser');
const { Pool } = require('pg');

const app = new Koa();
const router = new Router();
const pool = new Pool();

app.use(bodyParser());

app.use(async (ctx, next) => {
  ctx.state.wanted = ctx.query.name;
  ctx.state.limit = 10;
  await next();
});

router.get('/items/:id', async (ctx) => {
  await pool.query(`SELECT ${ctx.params.id}`); // vuln: javascript-sql-injection
  await pool.query(`SELECT ${ctx.query.name}`); // vuln: javascript-sql-injection
  await pool.query(`SELECT ${ctx.request.query.name}`); // vuln: javascript-sql-injection
  await pool.query(`SELECT ${ctx.get('x-name')}`); // vuln: javascript-sql-injection
  await pool.query(`SELECT ${ctx.headers['x-name']}`); // vuln: javascript-sql-injection
  await pool.query(`SELECT ${ctx.cookies.get('name')}`); // vuln: javascript-sql-injection
  await pool.query(`SELECT ${ctx.state.wanted}`); // vuln: javascript-sql-injection
  await pool.query(`SELECT id FROM items LIMIT ${ctx.state.limit}`); // safe: javascript-sql-injection
  await pool.query('SELECT id FROM items WHERE id = $1', [ctx.params.id]); // safe: javascript-sql-injection
  ctx.status = 204;
});

router.post('/items', async (ctx) => {
  const { name } = ctx.request.body; // safe: javascript-cross-site-scripting
  await pool.query(`SELECT ${name}`); // vuln: javascript-sql-injection
  ctx.body = { name }; // safe: javascript-cross-site-scripting
});

router.get('/hello', (ctx) => {
  ctx.body = `<h1>Hello ${ctx.query.name}</h1>`; // vuln: javascript-cross-site-scripting
});

app.use(router.routes());
