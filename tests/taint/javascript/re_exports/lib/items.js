import { Pool } from 'pg';

const pool = new Pool();

export const find = (name) => pool.query(`SELECT id FROM items WHERE name = '${name}'`); // vuln: javascript-sql-injection

export const count = (name) => pool.query('SELECT count(*) FROM items WHERE name = $1', [name]); // safe: javascript-sql-injection
