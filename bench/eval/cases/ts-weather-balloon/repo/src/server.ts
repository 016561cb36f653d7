import { createServer } from "node:http";

import { points, TelemetryError } from "./telemetry.js";

const LIMIT = 200_000;

const server = createServer(async (req, res) => {
  let text = "";
  for await (const chunk of req.setEncoding("utf8")) {
    text += chunk;
    if (text.length > LIMIT) {
      res.writeHead(413).end();
      return;
    }
  }
  try {
    res.end(JSON.stringify(points(text)));
  } catch (error) {
    res.writeHead(error instanceof TelemetryError ? 422 : 400).end();
  }
});

server.listen(8082);
