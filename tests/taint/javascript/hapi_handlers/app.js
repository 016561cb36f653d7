// Hapi: routes with handlers in an object, payload, toolkit.
const Hapi = require('@hapi/hapi');
const { Pool } = require('pg');

const pool = new Pool();

async function start() {
  const server = Hapi.server({ port: 3000, host: 'localhost' });

  server.route({
    method: 'GET',
    path: '/items/{id}',
    handler: async (request, h) => {
      await pool.query(`SELECT ${request.params.id}`); // vuln: javascript-sql-injection
      await pool.query(`SELECT ${request.query.name}`); // vuln: javascript-sql-injection
      await pool.query('SELECT id FROM items WHERE id = $1', [request.params.id]); // safe: javascript-sql-injection
      return h.response({ name: request.query.name });
    },
  });

  server.route([
    { method: 'POST', path: '/items', handler: create },
    { method: 'GET', path: '/go', handler: (request, h) => h.redirect(request.query.to) }, // vuln: javascript-open-redirect
    { method: 'GET', path: '/home', handler: (request, h) => h.redirect('/') }, // safe: javascript-open-redirect
  ]);

  await server.start();
}

async function create(request) {
  await pool.query(`SELECT ${request.payload.name}`); // vuln: javascript-sql-injection
  return { ok: true };
}

start();
