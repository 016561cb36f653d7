const cookieParser = require("cookie-parser");
const express = require("express");
const cart = require("./cart");
const products = require("./products");

const app = express();
app.use(cookieParser(process.env.COOKIE_SECRET));

app.post("/cart/:sku", (req, res) => {
  if (!products.has(req.params.sku)) return res.status(404).end();
  const current = cart.read(req);
  current.lines.push(req.params.sku);
  cart.write(res, current);
  res.json({ count: current.lines.length });
});

app.get("/cart", (req, res) => res.json(cart.read(req)));

app.listen(3000);
