"use strict";

const Fastify = require("fastify");
const defaults = require("./lib/defaults");
const { layered } = require("./lib/layers");

const app = Fastify({ logger: true });
const stored = new Map();

app.get("/radios/:id", async (request) => layered(defaults, stored.get(request.params.id) ?? {}));

app.patch("/radios/:id", async (request) => {
  const before = stored.get(request.params.id) ?? {};
  const settings = layered(before, request.body ?? {});
  stored.set(request.params.id, settings);
  return settings;
});

app.listen({ port: 8080 });
