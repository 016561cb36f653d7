// Requests and streams read in pieces: data and end, async iteration, pipes, text collected in arrays.
const http = require('http');
const { Pool } = require('pg');

const pool = new Pool();

http
  .createServer((request, response) => {
    const chunks = [];
    let text = '';
    request.on('data', (chunk) => {
      chunks.push(chunk);
      text += chunk;
    });
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString();
      pool.query(`SELECT id FROM items WHERE name = '${body}'`); // vuln: javascript-sql-injection
      pool.query(`SELECT id FROM items WHERE note = '${text}'`); // vuln: javascript-sql-injection
      pool.query(`SELECT id FROM items LIMIT ${chunks.length}`); // safe: javascript-sql-injection
      response.end();
    });
  })
  .listen(3000);

http
  .createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) {
      text += chunk;
    }
    const { name } = JSON.parse(text);
    await pool.query(`SELECT id FROM items WHERE name = '${name}'`); // vuln: javascript-sql-injection
    await pool.query('SELECT id FROM items WHERE name = $1', [name]); // safe: javascript-sql-injection
    response.end();
  })
  .listen(3001);

async function* lines(stream) {
  for await (const chunk of stream) yield chunk.toString();
}

http
  .createServer(async (request, response) => {
    let text = '';
    for await (const line of lines(request)) text += line;
    await pool.query(`SELECT id FROM items WHERE name = '${text}'`); // vuln: javascript-sql-injection
    await pool.query(`SELECT id FROM items LIMIT ${text.length}`); // safe: javascript-sql-injection
    response.end();
  })
  .listen(3002);
