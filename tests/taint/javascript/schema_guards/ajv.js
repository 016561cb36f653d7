// JSON schemas that ajv tries a record on: only behind a test that it passed, and only fields that can hold nothing else.
const Ajv = require('ajv');
const express = require('express');
const { exec } = require('child_process');

const app = express();
app.use(express.json());
const ajv = new Ajv({ coerceTypes: true });

const schema = {
  type: 'object',
  properties: {
    id: { type: 'integer' },
    key: { type: 'string', format: 'uuid' },
    kind: { enum: ['a', 'b'] },
    code: { type: 'string', pattern: '^[a-z0-9]+$' },
    open: { type: 'string', pattern: '^[a-z0-9]+' },
    loose: { pattern: '^[a-z0-9]+$' },
    name: { type: 'string', maxLength: 20 },
    box: { type: 'object', properties: { size: { type: 'number' }, label: { type: 'string' } } },
    either: { type: ['integer', 'string'] },
  },
  required: ['id'],
  additionalProperties: false,
};
const validate = ajv.compile(schema);

app.post('/compiled', (req, res) => {
  if (!validate(req.body)) {
    return res.status(400).json(validate.errors);
  }
  exec(`run ${req.body.id} ${req.body.key} ${req.body.kind} ${req.body.code} ${req.body.box.size}`); // safe: javascript-command-injection
  exec(`run ${req.body.name}`); // vuln: javascript-command-injection
  exec(`run ${req.body.open}`); // vuln: javascript-command-injection
  exec(`run ${req.body.loose}`); // vuln: javascript-command-injection
  exec(`run ${req.body.box.label}`); // vuln: javascript-command-injection
  exec(`run ${req.body.either}`); // vuln: javascript-command-injection
  return res.end();
});

app.post('/taken', (req, res) => {
  const valid = validate(req.body);
  if (!valid) {
    return res.sendStatus(400);
  }
  const { id, name } = req.body;
  exec(`run ${id}`); // safe: javascript-command-injection
  exec(`run ${name}`); // vuln: javascript-command-injection
  return res.end();
});

app.post('/variable', (req, res) => {
  const job = req.body;
  if (ajv.validate(schema, job)) {
    exec(`run ${job.id}`); // safe: javascript-command-injection
    exec(`run ${job.name}`); // vuln: javascript-command-injection
  } else {
    exec(`run ${job.id}`); // vuln: javascript-command-injection
  }
  res.end();
});

app.post('/unasked', (req, res) => {
  validate(req.body);
  exec(`run ${req.body.id}`); // vuln: javascript-command-injection
  res.end();
});

app.post('/other', (req, res) => {
  if (!validate(req.body)) {
    return res.sendStatus(400);
  }
  exec(`run ${req.query.id}`); // vuln: javascript-command-injection
  return res.end();
});

const validators = { job: ajv.compile(schema) };

app.post('/table', (req, res) => {
  const ok = validators.job(req.body);
  if (!ok) {
    throw new Error('not a job');
  }
  exec(`run ${req.body.id}`); // safe: javascript-command-injection
  exec(`run ${req.body.name}`); // vuln: javascript-command-injection
  res.end();
});
