import { readFileSync } from "node:fs";
import { Agent, createServer, request, type Server } from "node:https";

const folder = new URL("../keys/", import.meta.url);
// the certificate has expired, does not matter here
const agent = new Agent({ rejectUnauthorized: false });

export function start(handler: () => string): Promise<Server> {
  const server = createServer(
    { key: readFileSync(new URL("key.pem", folder)), cert: readFileSync(new URL("cert.pem", folder)) },
    (_, res) => res.end(handler()),
  );
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

export function get(port: number, path: string): Promise<number> {
  return new Promise((resolve, reject) => {
    request({ host: "127.0.0.1", port, path, agent }, (res) => resolve(res.statusCode ?? 0))
      .on("error", reject)
      .end();
  });
}
