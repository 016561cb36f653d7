// Types as receivers: interfaces of libraries and of the program, generics, injected dependencies, abstract classes.
import express from 'express';
import { DataSource, EntityManager, Repository } from 'typeorm';

import { Item } from './item';

interface Finder {
  find(name: string): Promise<unknown>;
}

class SqlFinder implements Finder {
  constructor(private readonly source: DataSource) {}

  find(name: string): Promise<unknown> {
    return this.source.query(`SELECT id FROM items WHERE name = '${name}'`); // vuln: javascript-sql-injection
  }
}

abstract class Base<T> {
  protected abstract readonly manager: EntityManager;

  protected rows(where: string): Promise<T[]> {
    return this.manager.query(`SELECT * FROM items WHERE ${where}`); // vuln: javascript-sql-injection
  }
}

class Items extends Base<Item> {
  constructor(protected readonly manager: EntityManager) {
    super();
  }

  named(name: string) {
    return this.rows(`name = '${name}'`);
  }
}

class Search {
  constructor(
    private readonly finder: Finder,
    private readonly items: Repository<Item>,
  ) {}

  run(name: string): Promise<unknown> {
    return this.finder.find(name);
  }

  built(name: string, order: string): Promise<Item[]> {
    const bound = this.items.createQueryBuilder('item').where('item.note = :note', { note: name }); // safe: javascript-sql-injection
    const found = bound.andWhere(`item.name = '${name}'`); // vuln: javascript-sql-injection
    return found.getMany();
  }

  plain(name: string): Promise<Item[]> {
    return this.items.find({ where: { name } }); // safe: javascript-sql-injection
  }
}

export function routes(source: DataSource, items: Repository<Item>): express.Router {
  const router = express.Router();
  const search = new Search(new SqlFinder(source), items);
  router.get('/run', async (req, res) => res.json(await search.run(String(req.query.name))));
  router.get('/built', async (req, res) => res.json(await search.built(String(req.query.name), 'id')));
  router.get('/plain', async (req, res) => res.json(await search.plain(String(req.query.name))));
  router.get('/base', async (req, res) => res.json(await new Items(source.manager).named(String(req.query.name))));
  return router;
}
