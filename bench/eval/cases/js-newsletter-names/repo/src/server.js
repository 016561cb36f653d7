const express = require("express");
const validate = require("./validate");
const list = require("./list");

const app = express();
app.use(express.json({ limit: "10kb" }));

app.post("/subscribe", async (req, res, next) => {
  try {
    const person = { name: validate.name(req.body.name), email: validate.email(req.body.email) };
    await list.add(person);
    res.sendStatus(202);
  } catch (error) {
    if (error instanceof validate.Invalid) return res.status(422).json({ error: error.message });
    next(error);
  }
});

app.listen(3000);
