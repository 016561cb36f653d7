import { Router } from "express";
import multer from "multer";

import { readMenu, MenuError } from "./menu.js";
import { signedIn, saveMenu } from "./restaurants.js";

const upload = multer({ storage: multer.memoryStorage(), limits: { fileSize: 50_000 } });
export const menus = Router();

menus.post("/menu", signedIn, upload.single("menu"), async (req, res, next) => {
  try {
    const dishes = readMenu(req.file.buffer.toString("utf8"));
    await saveMenu(req.restaurant, dishes);
    res.json({ dishes: dishes.length });
  } catch (error) {
    if (error instanceof MenuError) return res.status(422).json({ error: error.message });
    next(error);
  }
});
