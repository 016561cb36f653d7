import { Pool } from 'pg';

const pool = new Pool();

export async function getServerSideProps(context) {
  const found = await pool.query(`SELECT id FROM items WHERE name = '${context.query.name}'`); // vuln: javascript-sql-injection
  return { props: { rows: found.rows } };
}

export default function Item({ rows }) {
  return <p>{rows.length}</p>;
}
