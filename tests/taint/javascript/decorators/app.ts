// Decorators of the program: those that register, those that wrap, those with arguments.
import express from 'express';
import { Pool } from 'pg';

const app = express();
const pool = new Pool();

function logged(target: unknown, key: string, descriptor: PropertyDescriptor): PropertyDescriptor {
  const original = descriptor.value;
  descriptor.value = function (...args: unknown[]) {
    console.time(key);
    return original.apply(this, args);
  };
  return descriptor;
}

function limited(count: number) {
  return function (target: unknown, key: string, descriptor: PropertyDescriptor): PropertyDescriptor {
    console.time(`${key} ${count}`);
    return descriptor;
  };
}

class Store {
  @logged
  find(name: string) {
    return pool.query(`SELECT id FROM items WHERE name = '${name}'`); // vuln: javascript-sql-injection
  }

  @limited(3)
  bound(name: string) {
    return pool.query('SELECT id FROM items WHERE name = $1', [name]); // safe: javascript-sql-injection
  }

  @limited(1)
  @logged
  notes(note: string) {
    return pool.query(`SELECT id FROM notes WHERE text = '${note}'`); // vuln: javascript-sql-injection
  }
}

const store = new Store();

app.get('/find', async (req, res) => {
  await store.find(String(req.query.name));
  await store.bound(String(req.query.name));
  await store.notes(String(req.query.note));
  res.end();
});
