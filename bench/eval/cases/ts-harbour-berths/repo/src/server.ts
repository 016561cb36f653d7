import { PrismaClient } from "@prisma/client";
import Fastify from "fastify";

import { freeBerths, type Column } from "./berths.js";

const app = Fastify();
const db = new PrismaClient();

interface BerthQuery {
  length?: string;
  order?: Column;
}

app.get<{ Querystring: BerthQuery }>("/berths", async (request) => {
  const { length = "0", order = "number" } = request.query;
  return freeBerths(db, Number(length) || 0, order);
});

app.listen({ port: 3000 });
