// Types that annotations give: of parameters, variables, fields, returns, generics, unions and casts.
import express, { type Request, type Response } from 'express';
import type { Pool, PoolClient } from 'pg';
import { createPool } from './database';

const app = express();

interface Wanted {
  name: string;
  limit: number;
}

class Index {
  query(text: string): string[] {
    return text.split(' ');
  }
}

function find(pool: Pool, name: string) {
  return pool.query(`SELECT id FROM items WHERE name = '${name}'`); // vuln: javascript-sql-injection
}

function look(index: Index, name: string): string[] {
  return index.query(`SELECT ${name}`); // safe: javascript-sql-injection
}

async function inside(client: PoolClient | null, wanted: Wanted): Promise<void> {
  await client?.query(`SELECT id FROM items WHERE note = '${wanted.name}'`); // vuln: javascript-sql-injection
  await client!.query('SELECT id FROM items WHERE note = $1', [wanted.name]); // safe: javascript-sql-injection
}

const handler = async (req: Request, res: Response): Promise<void> => {
  const pool: Pool = createPool();
  await find(pool, req.query.name as string);
  look(new Index(), <string>req.query.name);
  await inside(null, req.body satisfies Wanted);
  res.end();
};

app.get('/find', handler);

class Store {
  private readonly pool: Pool;

  constructor(pool: Pool) {
    this.pool = pool;
  }

  run(name: string) {
    return this.pool.query(`SELECT id FROM orders WHERE name = '${name}'`); // vuln: javascript-sql-injection
  }
}

app.get('/store', async (req: Request<{ name: string }>, res: Response) => {
  res.json(await new Store(createPool()).run(req.params.name));
});
