import { Router } from "express";

import { plc } from "./plc.js";

export const tanks = Router();

tanks.post("/:tank/valve", async (req, res, next) => {
  // valves close by themselves after an hour
  const open = req.query.open === "1";
  try {
    await plc.valve(Number(req.params.tank), open);
    res.json({ tank: Number(req.params.tank), open });
  } catch (error) {
    next(error);
  }
});

tanks.get("/:tank", async (req, res) => {
  res.json(await plc.read(Number(req.params.tank)));
});
