import Fastify from "fastify";

import { hostOf, REVIEW_NOTICE } from "./displays.js";
import { crewOnly } from "./crew.js";

const app = Fastify({ logger: true });
app.addHook("onRequest", crewOnly);
app.log.debug(REVIEW_NOTICE);

app.post<{ Params: { id: string }; Body: { text: string } }>("/displays/:id", async (request, reply) => {
  const host = hostOf(request.params.id);
  if (host === undefined) return reply.code(404).send({ error: "unknown display" });
  const answer = await fetch(`${host}/text`, { method: "PUT", body: request.body.text, redirect: "error" });
  return { shown: answer.ok };
});

app.listen({ port: 8087 });
