import express from "express";
import helmet from "helmet";

import { describe } from "./describe.js";

export const app = express();

app.use(helmet());
app.use(express.text({ type: "*/*", limit: "64kb" }));

app.all("/echo", (req, res) => {
  const lines = describe(req.method, req.originalUrl, req.headers, req.body);
  res.type("text/plain");
  res.send(lines.join("\n"));
});

app.get("/", (req, res) => {
  res.type("text/plain").send("Send anything to /echo.\n");
});
