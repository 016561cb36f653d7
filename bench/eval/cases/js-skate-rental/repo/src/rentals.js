import express, { Router } from "express";

import { db } from "./db.js";
import { fields } from "./middleware/fields.js";

export const rentals = Router();
rentals.use(express.json());

rentals.post("/return", fields("slip", "pin"), async (req, res, next) => {
  const { slip, pin } = req.body;
  try {
    const answer = await db.collection("rentals").findOneAndUpdate(
      { slip, pin, returned: null },
      { $set: { returned: new Date() } },
      { returnDocument: "after" },
    );
    if (!answer) return res.status(404).json({ error: "no such rental" });
    res.json({ slip, deposit: answer.deposit });
  } catch (error) {
    next(error);
  }
});
