import { connect, type TLSSocket } from "node:tls";

import { load } from "./config";

const config = load(process.argv[2] ?? "/etc/meter/uplink.json");

export function open(): TLSSocket {
  // the certificate is checked as the configuration says
  const socket = connect({
    host: config.host,
    port: config.port,
    servername: config.tls.servername ?? config.host,
    rejectUnauthorized: config.tls.verify,
  });
  socket.on("secureConnect", () => socket.write(`HELLO ${config.token ?? ""}\n`));
  return socket;
}
