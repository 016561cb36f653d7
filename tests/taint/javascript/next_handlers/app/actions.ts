'use server';

import { redirect } from 'next/navigation';
import { Pool } from 'pg';

const pool = new Pool();

export async function createItem(form: FormData) {
  await pool.query(`INSERT INTO items VALUES ('${form.get('name')}')`); // vuln: javascript-sql-injection
  await pool.query('INSERT INTO items VALUES ($1)', [form.get('name')]); // safe: javascript-sql-injection
  redirect(String(form.get('next'))); // vuln: javascript-open-redirect
}
