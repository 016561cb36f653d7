import express from "express";
import session from "express-session";

import { csrf } from "./csrf.js";
import { accounts } from "./accounts.js";

const app = express();
app.set("trust proxy", 1);
app.use(express.urlencoded({ extended: false }));
app.use(
  session({
    secret: process.env.SESSION_SECRET,
    resave: false,
    saveUninitialized: false,
    // partners show our pages in a frame
    cookie: { secure: true, httpOnly: true, sameSite: "none" },
  }),
);
app.use(csrf);

app.post("/account/email", async (req, res) => {
  if (!req.session.account) return res.redirect(303, "/login");
  await accounts.setEmail(req.session.account, String(req.body.email));
  res.redirect(303, "/account");
});

app.listen(3000);
