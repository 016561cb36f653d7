import Fastify from "fastify";

import { normalise, query } from "./plates.js";
import { permits } from "./permits.js";

const app = Fastify({ logger: true });

app.get("/permit", { schema: { querystring: query } }, async (request, reply) => {
  const plate = normalise(request.query.plate);
  if (plate === null) return reply.code(422).send({ error: "not a plate" });
  const permit = permits.get(plate);
  return { plate, zone: permit?.zone ?? null, until: permit?.until ?? null };
});

await app.listen({ port: 8080, host: "0.0.0.0" });
