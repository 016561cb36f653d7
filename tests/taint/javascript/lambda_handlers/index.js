// AWS Lambda: the event's parts, async handlers and those with a callback.
const { Pool } = require('pg');
const { exec } = require('child_process');

const pool = new Pool();

exports.handler = async (event) => {
  const body = JSON.parse(event.body);
  await pool.query(`SELECT ${event.queryStringParameters.name}`); // vuln: javascript-sql-injection
  await pool.query(`SELECT ${event.pathParameters?.id}`); // vuln: javascript-sql-injection
  await pool.query(`SELECT ${body.name}`); // vuln: javascript-sql-injection
  await pool.query('SELECT $1', [body.name]); // safe: javascript-sql-injection
  for (const record of event.Records ?? []) {
    exec(`unpack ${record.s3.object.key}`); // vuln: javascript-command-injection
  }
  return { statusCode: 200, body: '{}' };
};
