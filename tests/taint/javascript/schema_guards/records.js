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
