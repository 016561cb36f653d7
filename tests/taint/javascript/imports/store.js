import { Pool } from 'pg';

const pool = new Pool();

export default async function (name) {
  return pool.query(`SELECT id FROM items WHERE name = '${name}'`); // vuln: javascript-sql-injection
}

export function find(name) {
  return pool.query(`SELECT id FROM items WHERE note = '${name}'`); // vuln: javascript-sql-injection
}

export const bound = (name) => pool.query('SELECT id FROM items WHERE name = $1', [name]); // safe: javascript-sql-injection

export const latest = (name) => pool.query(`SELECT id FROM items WHERE kind = '${name}'`); // vuln: javascript-sql-injection

function newest(name) {
  return pool.query(`SELECT id FROM orders WHERE name = '${name}'`); // vuln: javascript-sql-injection
}

export { newest };

export const never = (name) => pool.query(`SELECT id FROM items ORDER BY ${'name'}`, [name]); // safe: javascript-sql-injection
