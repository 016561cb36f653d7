// express-ws: a route that is a socket.
const express = require('express');
const { exec } = require('child_process');

const app = express();
require('express-ws')(app);

app.ws('/jobs', (socket, req) => {
  socket.on('message', (text) => {
    const { name, size } = JSON.parse(text);
    exec(`convert ${name}`); // vuln: javascript-command-injection
    exec(`convert ${Number(size)}`); // safe: javascript-command-injection
  });
  exec(`open ${req.query.room}`); // vuln: javascript-command-injection
});
