import http from "node:http";

import { entryAddress } from "./lib/address.js";

async function relay(word, language) {
  const answer = await fetch(entryAddress(word, language), {
    redirect: "error",
    signal: AbortSignal.timeout(3000),
    headers: { accept: "application/json" },
  });
  return { status: answer.status, body: await answer.text() };
}

const server = http.createServer(async (req, res) => {
  const query = new URL(req.url, "http://localhost").searchParams;
  const word = query.get("word") ?? "";
  try {
    const { status, body } = await relay(word, query.get("lang") ?? "en");
    res.writeHead(status, { "content-type": "application/json" }).end(body);
  } catch {
    res.writeHead(502).end();
  }
});

server.listen(8085);
