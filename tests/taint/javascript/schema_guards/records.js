// Fields of records: what the schema of each says, in records within records and behind safeParse() and validate().
const express = require('express');
const { z } = require('zod');
const Joi = require('joi');
const yup = require('yup');
const { exec } = require('child_process');

const app = express();
app.use(express.json());

const Job = z.object({ id: z.number().int(), key: z.string().uuid(), name: z.string(), box: z.object({ size: z.coerce.number(), label: z.string() }) }).strict();
const Item = Joi.object({ count: Joi.number().integer().required(), kind: Joi.string().valid('a', 'b'), note: Joi.string().max(20) });
const Page = yup.object().shape({ number: yup.number().required(), title: yup.string() });

app.post('/parse', (req, res) => {
  const job = Job.parse(req.body);
  exec(`run ${job.id} ${job.key} ${job.box.size}`); // safe: javascript-command-injection
  exec(`run ${job.name}`); // vuln: javascript-command-injection
  res.end();
});

app.post('/inner', (req, res) => {
  const { box } = Job.parse(req.body);
  exec(`run ${box.label}`); // vuln: javascript-command-injection
  res.end();
});

app.post('/safe', (req, res) => {
  const tried = Job.safeParse(req.body);
  if (!tried.success) {
    return res.sendStatus(400);
  }
  const { id, key } = tried.data;
  exec(`run ${id} ${key}`); // safe: javascript-command-injection
  exec(`run ${tried.data.name}`); // vuln: javascript-command-injection
  return res.end();
});

app.post('/joi', (req, res) => {
  const { error, value } = Item.validate(req.body);
  if (error) {
    return res.sendStatus(400);
  }
  exec(`run ${value.count} ${value.kind}`); // safe: javascript-command-injection
  exec(`run ${value.note}`); // vuln: javascript-command-injection
  return res.end();
});

app.post('/yup', async (req, res) => {
  const page = await Page.validate(req.body);
  exec(`run ${page.number}`); // safe: javascript-command-injection
  exec(`run ${page.title}`); // vuln: javascript-command-injection
  res.end();
});

app.post('/other', async (req, res) => {
  const page = await Page.validate(req.body);
  exec(`run ${page.unnamed}`); // vuln: javascript-command-injection
  res.end();
});

const Named = z.object({ id: z.string().regex(/^[a-z0-9]+$/).max(3), key: z.string().regex(/^[a-z0-9]+/) });
const Coded = Joi.object({ id: Joi.string().required().pattern(/^[a-z]+$/i), key: Joi.string().regex(/[a-z]$/) });
const Matched = yup.object({ id: yup.string().matches(/^[a-z]+$/, 'letters only').required(), key: yup.string().matches(/a|b/) });

app.post('/patterns', async (req, res) => {
  const named = Named.parse(req.body);
  exec(`run ${named.id}`); // safe: javascript-command-injection
  exec(`run ${named.key}`); // vuln: javascript-command-injection
  const { value } = Coded.validate(req.body);
  exec(`run ${value.id}`); // safe: javascript-command-injection
  exec(`run ${value.key}`); // vuln: javascript-command-injection
  const matched = await Matched.validate(req.body);
  exec(`run ${matched.id}`); // safe: javascript-command-injection
  exec(`run ${matched.key}`); // vuln: javascript-command-injection
  res.end();
});
