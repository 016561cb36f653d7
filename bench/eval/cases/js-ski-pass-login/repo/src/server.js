import http from "node:http";

import { isLocal } from "./local.js";
import { readForm, checkPass, newSession } from "./passes.js";

function redirect(res, target, headers = {}) {
  res.writeHead(303, { Location: target, ...headers });
  res.end();
}

const server = http.createServer(async (req, res) => {
  const url = new URL(req.url, "https://pass.resort.example");
  if (req.method !== "POST" || url.pathname !== "/login") {
    res.writeHead(404).end();
    return;
  }
  const to = url.searchParams.get("to") ?? "/";
  const holder = await checkPass(await readForm(req));
  if (!holder) {
    redirect(res, "/login?failed=1");
    return;
  }
  const cookie = `sid=${newSession(holder)}; HttpOnly; Secure; SameSite=Lax; Path=/`;
  redirect(res, isLocal(to) ? to : "/", { "Set-Cookie": cookie });
});

server.listen(8443);
