import { Router } from "express";

import { body } from "./body";
import { VolunteerChange } from "./schema";
import { store } from "./store";

export const volunteers = Router();

volunteers.patch("/me", body(VolunteerChange), async (req, res) => {
  const before = await store.get(req.session.volunteerId);
  // everything that was sent replaces what was there
  const after = { ...before, ...req.body, changedAt: new Date() };
  await store.put(after.id, after);
  res.json({ phone: after.phone, languages: after.languages });
});
