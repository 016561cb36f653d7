import express from "express";
import jwt from "jsonwebtoken";

import { relay } from "./relay";
import { settings } from "./settings";

const app = express();

app.post("/doors/:door/open", (req, res) => {
  try {
    const claims = jwt.verify(String(req.get("x-door-token")), settings.doorKey, { algorithms: ["HS256"] }) as jwt.JwtPayload;
    if (claims.door !== "*" && claims.door !== req.params.door) throw new Error("other door");
    relay.pulse(req.params.door);
    res.sendStatus(204);
  } catch {
    res.sendStatus(401);
  }
});

app.listen(settings.port);
