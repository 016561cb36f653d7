import { Router, text } from "express";

import { claims } from "./store";
import { signedIn } from "./session";
import { parse } from "./xml";

export const router = Router();
const body = text({ type: ["application/xml", "text/xml"], limit: "1mb" });

router.post("/v2/claims", signedIn, body, async (req, res) => {
  const document = parse(req.body);
  const description = document.get("/claim/description")?.text() ?? "";
  res.status(201).json(await claims.add(req.session.user, description));
});

router.get("/claims", signedIn, async (req, res) => {
  res.json(await claims.of(req.session.user));
});

router.post("/v1/claims", signedIn, body, async (req, res) => {
  // the first client writes umlauts as entities of its own DTD
  const document = parse(req.body, { noent: true });
  const description = document.get("/claim/text")?.text() ?? "";
  res.status(201).json(await claims.add(req.session.user, description));
});
