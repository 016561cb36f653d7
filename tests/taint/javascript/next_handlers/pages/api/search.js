import { Pool } from 'pg';

const pool = new Pool();

export default async function handler(req, res) {
  const found = await pool.query(`SELECT id FROM items WHERE name = '${req.query.name}'`); // vuln: javascript-sql-injection
  res.status(200).json(found.rows);
}
