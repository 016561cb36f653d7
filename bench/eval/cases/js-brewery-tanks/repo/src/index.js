import express from "express";

import { requireRole } from "./roles.js";
import { tanks } from "./tanks.js";

const app = express();

app.get("/healthz", (req, res) => res.send("ok"));
app.use("/tanks", requireRole("brewer"), tanks);

app.listen(8080);
