const express = require("express");
const session = require("express-session");
const admin = require("./routes/admin");

const app = express();
app.use(session({ secret: process.env.SESSION_SECRET, resave: false, saveUninitialized: false, cookie: { sameSite: "strict" } }));
app.use("/admin", admin);
app.listen(3000);
