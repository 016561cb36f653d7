// Socket.IO and ws: messages, acknowledgements, the handshake.
const { createServer } = require('http');
const { exec } = require('child_process');
const { Server } = require('socket.io');
const { WebSocketServer } = require('ws');
const { Pool } = require('pg');

const http = createServer();
const io = new Server(http);
const pool = new Pool();

io.on('connection', (socket) => {
  pool.query(`SELECT ${socket.handshake.query.name}`); // vuln: javascript-sql-injection
  pool.query('SELECT id FROM sockets WHERE id = $1', [socket.id]); // safe: javascript-sql-injection

  socket.on('search', async (text, answer) => {
    const found = await pool.query(`SELECT id FROM items WHERE name = '${text}'`); // vuln: javascript-sql-injection
    answer(found.rows);
  });

  socket.on('page', async ({ number }) => {
    await pool.query(`SELECT id FROM items LIMIT 10 OFFSET ${Number(number)}`); // safe: javascript-sql-injection
  });
});

const sockets = new WebSocketServer({ port: 8080 });

sockets.on('connection', (socket, request) => {
  exec(`log ${request.url}`); // vuln: javascript-command-injection
  socket.on('message', (data) => {
    const message = JSON.parse(data);
    exec(`run ${message.command}`); // vuln: javascript-command-injection
    exec('run nothing'); // safe: javascript-command-injection
  });
});

http.listen(3000);
