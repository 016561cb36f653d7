import { Router } from "express";

import { inSandbox } from "./sandbox.js";
import { signedIn } from "./session.js";
import { latest } from "./readings.js";

export const widgets = Router();
const formulas = new Map();

widgets.put("/widgets/:id", signedIn, (req, res) => {
  const formula = String(req.body.formula);
  if (formula.length > 300) return res.status(422).json({ error: "too long" });
  formulas.set(`${req.user.id}/${req.params.id}`, formula);
  res.sendStatus(204);
});

widgets.get("/widgets/:id", signedIn, async (req, res) => {
  const formula = formulas.get(`${req.user.id}/${req.params.id}`);
  if (!formula) return res.sendStatus(404);
  try {
    res.json({ value: inSandbox(formula, await latest(req.user.plant)) });
  } catch (error) {
    res.status(422).json({ error: error.message });
  }
});
