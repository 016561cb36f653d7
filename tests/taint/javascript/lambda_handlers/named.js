// Functions that a deployment's settings name: what they read of their event says what calls them.
const { Pool } = require('pg');

const pool = new Pool();

module.exports.list = async (event) => {
  await pool.query(`SELECT ${event.queryStringParameters.name}`); // vuln: javascript-sql-injection
  await pool.query('SELECT $1', [event.queryStringParameters.name]); // safe: javascript-sql-injection
  return { statusCode: 200 };
};

module.exports.moved = async (event) => {
  await pool.query(`SELECT ${event.detail}`); // safe: javascript-sql-injection
};
