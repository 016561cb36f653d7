import { Pool } from 'pg';

const pool = new Pool();

export async function latest(name) {
  return pool.query(`SELECT id FROM items WHERE name = '${name}' ORDER BY id DESC`); // vuln: javascript-sql-injection
}
