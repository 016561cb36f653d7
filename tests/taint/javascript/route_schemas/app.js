// Fastify tries a request on the JSON schemas of its route before the handler is called.
const fastify = require('fastify');
const { exec } = require('child_process');

const app = fastify();

const params = { type: 'object', properties: { id: { type: 'integer' }, key: { type: 'string', format: 'uuid' }, name: { type: 'string' } } };

app.get('/jobs/:id/:key/:name', { schema: { params } }, async (request, reply) => {
  exec(`run ${request.params.id} ${request.params.key}`); // safe: javascript-command-injection
  exec(`run ${request.params.name}`); // vuln: javascript-command-injection
  exec(`run ${request.query.id}`); // vuln: javascript-command-injection
  return reply.send();
});

app.get('/taken/:id/:name', { schema: { params, querystring: { type: 'object', properties: { size: { enum: ['s', 'm'] }, text: { type: 'string' } } } } }, async ({ params, query }) => {
  exec(`run ${params.id} ${query.size}`); // safe: javascript-command-injection
  exec(`run ${params.name}`); // vuln: javascript-command-injection
  exec(`run ${query.text}`); // vuln: javascript-command-injection
});

app.route({
  method: 'POST',
  url: '/jobs',
  schema: { body: { type: 'object', properties: { code: { type: 'string', pattern: '^[a-z]+$' }, title: { type: 'string' }, size: { type: 'number' } } } },
  handler: async (request) => {
    const { code, title } = request.body;
    exec(`run ${code} ${request.body.size}`); // safe: javascript-command-injection
    exec(`run ${title}`); // vuln: javascript-command-injection
  },
});

app.post('/unchecked', { attachValidation: true, schema: { body: { type: 'object', properties: { id: { type: 'integer' } } } } }, async (request) => {
  exec(`run ${request.body.id}`); // vuln: javascript-command-injection
});

app.post('/answered', { schema: { response: { 200: { type: 'object', properties: { id: { type: 'integer' } } } } } }, async (request) => {
  exec(`run ${request.body.id}`); // vuln: javascript-command-injection
});

async function plugin(instance) {
  instance.get('/inner/:id', { schema: { params } }, async (request) => {
    exec(`run ${request.params.id}`); // safe: javascript-command-injection
    exec(`run ${request.params.name}`); // vuln: javascript-command-injection
  });
}

app.register(plugin);
