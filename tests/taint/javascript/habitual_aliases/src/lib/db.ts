import { Pool } from 'pg';

export const pool = new Pool();

export const search = (name: string) => pool.query(`SELECT id FROM notes WHERE name = '${name}'`); // vuln: javascript-sql-injection
export const find = (name: string) => pool.query('SELECT id FROM notes WHERE name = $1', [name]); // safe: javascript-sql-injection
