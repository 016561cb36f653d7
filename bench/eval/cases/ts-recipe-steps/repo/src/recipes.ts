import { Router } from "express";

import { render } from "./render";
import { recipes } from "./store";

export const router = Router();

router.get("/recipes/:id/steps", async (req, res) => {
  const recipe = await recipes.byId(Number(req.params.id));
  if (!recipe) {
    res.sendStatus(404);
    return;
  }
  const steps = render(recipe.steps);
  res.type("html").send(`<!doctype html><meta charset="utf-8"><main>${steps}</main>`);
});

router.put("/recipes/:id/steps", async (req, res) => {
  await recipes.setSteps(Number(req.params.id), req.session.cook, String(req.body.steps));
  res.sendStatus(204);
});
