// Fastify: routes in every form, typed queries, hooks, plugins.
import Fastify from 'fastify';
import { Pool } from 'pg';

const app = Fastify({ logger: true });
const pool = new Pool();

app.get('/items/:id', async (request, reply) => {
  await pool.query(`SELECT ${request.params.id}`); // vuln: javascript-sql-injection
  await pool.query(`SELECT ${request.query.name}`); // vuln: javascript-sql-injection
  await pool.query(`SELECT ${request.headers['x-name']}`); // vuln: javascript-sql-injection
  await pool.query('SELECT id FROM items WHERE id = $1', [request.params.id]); // safe: javascript-sql-injection
  return reply.send({ name: request.query.name }); // safe: javascript-cross-site-scripting
});

app.route({
  method: 'POST',
  url: '/items',
  handler: async (request) => {
    await pool.query(`SELECT ${request.body.name}`); // vuln: javascript-sql-injection
    return { ok: true };
  },
});

app.get('/page', (request, reply) => {
  reply.type('text/html').send(`<h1>${request.query.title}</h1>`); // vuln: javascript-cross-site-scripting
});

async function plugin(instance) {
  instance.get('/inner', async ({ query }) => pool.query(`SELECT ${query.name}`)); // vuln: javascript-sql-injection
  instance.get('/fixed', { schema: {} }, async ({ query }) => pool.query('SELECT $1', [query.name])); // safe: javascript-sql-injection
}

app.register(plugin, { prefix: '/plugin' });
