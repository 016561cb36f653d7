import { PrismaClient } from "@prisma/client";
import { Router, type Request, type Response } from "express";

import { WineRepository } from "./wines.repository";

const wines = new WineRepository(new PrismaClient());
export const router = Router();

router.get("/wines", async (req: Request, res: Response) => {
  const term = String(req.query.q ?? "");
  const year = Number.parseInt(String(req.query.year), 10);
  res.json(await wines.search(term, Number.isNaN(year) ? null : year));
});
