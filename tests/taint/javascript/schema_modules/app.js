// Schemas that stand in a module of their own say of each field what they say where they stand.
const express = require('express');
const { exec } = require('child_process');
const schemas = require('./schemas');
const { Job, Changed, Order } = require('./schemas');

const app = express();
app.use(express.json());

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
  const tried = schemas.Job.safeParse(req.body);
  if (!tried.success) {
    return res.sendStatus(400);
  }
  const { id, key } = tried.data;
  exec(`run ${id} ${key}`); // safe: javascript-command-injection
  exec(`run ${tried.data.name}`); // vuln: javascript-command-injection
  return res.end();
});

app.post('/error', (req, res) => {
  const tried = schemas.Job.safeParse(req.body);
  exec(`echo ${tried.error.id}`); // vuln: javascript-command-injection
  res.end();
});

app.post('/joi', (req, res) => {
  const { error, value } = schemas.bodies.item.validate(req.body);
  if (error) {
    return res.sendStatus(400);
  }
  exec(`run ${value.count} ${value.kind}`); // safe: javascript-command-injection
  exec(`run ${value.note}`); // vuln: javascript-command-injection
  return res.end();
});

app.post('/order', (req, res) => {
  const order = Order.parse(req.body);
  exec(`run ${order.by}`); // safe: javascript-command-injection
  exec(`run ${order.text}`); // vuln: javascript-command-injection
  res.end();
});

app.post('/changed', (req, res) => {
  exec(`run ${Changed.parse(req.body).id}`); // vuln: javascript-command-injection
  res.end();
});

app.post('/unnamed', (req, res) => {
  exec(`run ${Job.parse(req.body).other}`); // vuln: javascript-command-injection
  res.end();
});

app.post('/named', (req, res) => {
  const named = schemas.Named.parse(req.body);
  exec(`run ${named.id} ${named.name}`); // safe: javascript-command-injection
  exec(`run ${named.key}`); // vuln: javascript-command-injection
  res.end();
});

app.post('/coded', (req, res) => {
  const { error, value } = schemas.Coded.validate(req.body);
  if (error) {
    return res.sendStatus(400);
  }
  exec(`run ${value.id}`); // safe: javascript-command-injection
  exec(`run ${value.key}`); // vuln: javascript-command-injection
  exec(`run ${value.all.key}`); // vuln: javascript-command-injection
  return res.end();
});
