import express from 'express';
import { exec } from 'node:child_process';
import Counted, { Page } from './pages';

const app = express();

app.post('/yup', async (req, res) => {
  const page = await Page.validate(req.body);
  exec(`run ${page.number}`); // safe: javascript-command-injection
  exec(`run ${page.title}`); // vuln: javascript-command-injection
  const counted = await Counted.validate(req.body);
  exec(`run ${counted.count}`); // safe: javascript-command-injection
  exec(`run ${counted.note}`); // vuln: javascript-command-injection
  res.end();
});
