// Node's own servers: the address, headers, answers in markup.
const http = require('http');
const { exec } = require('child_process');
const url = require('url');

const server = http.createServer((request, response) => {
  const parsed = new URL(request.url, 'http://localhost');
  exec(`ls ${parsed.searchParams.get('name')}`); // vuln: javascript-command-injection
  exec(`ls ${url.parse(request.url, true).query.name}`); // vuln: javascript-command-injection
  exec(`ls ${request.headers['x-name']}`); // vuln: javascript-command-injection
  exec(`ls ${request.method === 'GET' ? 'a' : 'b'}`); // safe: javascript-command-injection
  if (parsed.pathname === '/page') {
    response.writeHead(200, { 'Content-Type': 'text/html' });
    response.write(`<h1>${parsed.searchParams.get('title')}</h1>`); // vuln: javascript-cross-site-scripting
    return response.end('<p>end</p>'); // safe: javascript-cross-site-scripting
  }
  response.writeHead(302, { Location: parsed.searchParams.get('to') }); // vuln: javascript-open-redirect
  return response.end();
});

server.on('request', (request) => {
  exec(`log ${request.url}`); // vuln: javascript-command-injection
});

server.listen(3000);
