import express from "express";
import session from "express-session";

import { sameSite } from "./origin";
import { seats } from "./seats";

const app = express();
app.use(sameSite(process.env.SITE_ORIGIN ?? "https://seats.example"));
app.use(session({ secret: String(process.env.SESSION_SECRET), resave: false, saveUninitialized: false }));
app.use(express.json());
app.use("/seats", seats);
app.listen(3000);
