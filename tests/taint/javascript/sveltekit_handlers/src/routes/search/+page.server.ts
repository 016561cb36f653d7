// SvelteKit: load functions, and where they send the browser.
import { redirect } from '@sveltejs/kit';
import { Pool } from 'pg';

const pool = new Pool();

export const load = async ({ url, params, cookies }) => {
  const name = url.searchParams.get('name');
  await pool.query(`SELECT id FROM notes WHERE name = '${name}'`); // vuln: javascript-sql-injection
  await pool.query(`SELECT id FROM notes WHERE id = '${params.id}'`); // vuln: javascript-sql-injection
  await pool.query(`SELECT id FROM users WHERE token = '${cookies.get('token')}'`); // vuln: javascript-sql-injection
  await pool.query('SELECT id FROM notes WHERE name = $1', [name]); // safe: javascript-sql-injection
  if (!name) {
    redirect(303, '/notes'); // safe: javascript-open-redirect
  }
  redirect(303, url.searchParams.get('next')); // vuln: javascript-open-redirect
};
