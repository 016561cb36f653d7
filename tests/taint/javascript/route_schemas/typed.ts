// TypeBox writes JSON schemas as calls.
import fastify from 'fastify';
import { Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import { exec } from 'node:child_process';

const app = fastify();

const Job = Type.Object({
  id: Type.Integer({ minimum: 1 }),
  key: Type.String({ format: 'uuid' }),
  code: Type.Optional(Type.String({ pattern: '^[a-z]+$' })),
  name: Type.String({ maxLength: 20 }),
  box: Type.Object({ size: Type.Number(), label: Type.String() }),
});

app.post('/jobs', { schema: { body: Job } }, async (request) => {
  const { id, key, code, name, box } = request.body;
  exec(`run ${id} ${key} ${code} ${box.size}`); // safe: javascript-command-injection
  exec(`run ${name}`); // vuln: javascript-command-injection
  exec(`run ${box.label}`); // vuln: javascript-command-injection
});

app.post('/checked', async (request, reply) => {
  const job = request.body as { id: number; name: string };
  if (!Value.Check(Job, job)) {
    return reply.code(400).send();
  }
  exec(`run ${job.id}`); // safe: javascript-command-injection
  exec(`run ${job.name}`); // vuln: javascript-command-injection
  return reply.send();
});
