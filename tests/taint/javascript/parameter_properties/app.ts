// Parameter properties, fields with defaults, definite and optional ones, accessors.
import express from 'express';
import { Pool } from 'pg';

class Query {
  private limit = 10;
  order?: string;
  note!: string;

  constructor(
    private readonly pool: Pool,
    public name: string,
    protected table = 'items',
  ) {}

  find() {
    return this.pool.query(`SELECT id FROM ${this.table} WHERE name = '${this.name}'`); // vuln: javascript-sql-injection
  }

  all() {
    return this.pool.query(`SELECT id FROM ${this.table} LIMIT ${this.limit}`); // safe: javascript-sql-injection
  }

  sorted() {
    return this.pool.query(`SELECT id FROM items ORDER BY ${this.order ?? 'id'}`); // vuln: javascript-sql-injection
  }
}

class Service {
  constructor(private readonly store: Store) {}

  run(name: string): Promise<unknown> {
    return this.store.find(name);
  }

  safe(name: string): Promise<unknown> {
    return this.store.bound(name);
  }
}

class Store {
  constructor(private readonly pool: Pool) {}

  find(name: string): Promise<unknown> {
    return this.pool.query(`SELECT id FROM items WHERE note = '${name}'`); // vuln: javascript-sql-injection
  }

  bound(name: string): Promise<unknown> {
    return this.pool.query('SELECT id FROM items WHERE note = $1', [name]); // safe: javascript-sql-injection
  }
}

const app = express();
const service = new Service(new Store(new Pool()));

app.get('/query', async (req, res) => {
  const query = new Query(new Pool(), String(req.query.name));
  query.order = String(req.query.order);
  await query.find();
  await query.all();
  await query.sorted();
  res.end();
});

app.get('/service', async (req, res) => {
  await service.run(String(req.query.name));
  await service.safe(String(req.query.name));
  res.end();
});
