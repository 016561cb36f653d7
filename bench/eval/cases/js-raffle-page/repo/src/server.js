const express = require("express");
const { page, form } = require("./page");
const winners = require("./winners");

const app = express();
app.use(express.urlencoded({ extended: false }));

app.get("/", (req, res) => {
  const ticket = String(req.query.ticket ?? "");
  const body = form(ticket);
  res.send(page("Raffle", body));
});

app.post("/claim", (req, res) => {
  const won = winners.has(String(req.body.ticket));
  res.send(page("Raffle", won ? "<p>Congratulations!</p>" : "<p>Not this time.</p>"));
});

app.listen(3000);
