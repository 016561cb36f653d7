// tRPC: procedures with and without a schema.
import { initTRPC } from '@trpc/server';
import { Pool } from 'pg';
import { z } from 'zod';

const t = initTRPC.create();
const pool = new Pool();

export const router = t.router({
  items: t.procedure
    .input(z.object({ name: z.string() }))
    .query(async ({ input }) => pool.query(`SELECT id FROM items WHERE name = '${input.name}'`)), // vuln: javascript-sql-injection
  page: t.procedure
    .input(z.object({ number: z.number() }))
    .query(async ({ input }) => pool.query('SELECT id FROM items OFFSET $1', [input.number])), // safe: javascript-sql-injection
  add: t.procedure.input(z.string()).mutation(async (options) => {
    const { input } = options;
    return pool.query(`INSERT INTO items VALUES ('${input}')`); // vuln: javascript-sql-injection
  }),
});
