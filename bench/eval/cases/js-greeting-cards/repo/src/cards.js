import express from "express";
import nunjucks from "nunjucks";

import { plainText } from "./text.js";

const environment = nunjucks.configure("templates", { autoescape: true, throwOnUndefined: false });
const app = express();
app.use(express.urlencoded({ extended: false }));

const MOTIFS = new Set(["birthday", "spring", "thanks"]);

app.get("/motifs", (req, res) => res.json([...MOTIFS]));

app.post("/card", (req, res, next) => {
  const motif = MOTIFS.has(req.body.motif) ? req.body.motif : "thanks";
  const greeting = plainText(req.body.greeting);
  const source = `{% extends "${motif}.njk" %}{% block greeting %}${greeting}{% endblock %}`;
  environment.renderString(source, { to: plainText(req.body.to) }, (error, page) => {
    if (error) return next(error);
    res.send(page);
  });
});

app.listen(3000);
