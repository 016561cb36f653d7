"use strict";

const http = require("node:http");
const { photo, send } = require("./photos");
const { lots } = require("./lots");

const server = http.createServer((req, res) => {
  const url = new URL(req.url, "http://market.example");
  if (url.pathname === "/lots") {
    res.setHeader("content-type", "application/json");
    return res.end(JSON.stringify(lots()));
  }
  if (url.pathname === "/photo") {
    const lot = url.searchParams.get("lot") ?? "";
    return send(res, photo(lot));
  }
  res.writeHead(404).end();
});

server.listen(8080);
