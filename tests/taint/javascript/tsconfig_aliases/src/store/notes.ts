import { Pool } from 'pg';

const pool = new Pool();

export const find = (text: string) => pool.query(`SELECT id FROM notes WHERE text = '${text}'`); // vuln: javascript-sql-injection
