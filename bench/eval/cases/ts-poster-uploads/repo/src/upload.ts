import { randomUUID } from "node:crypto";
import { extname } from "node:path";
import multer from "multer";

const IMAGES = new Set(["image/png", "image/jpeg", "image/webp"]);

const storage = multer.diskStorage({
  destination: "public/posters",
  filename: (_req, file, done) => {
    done(null, randomUUID() + extname(file.originalname).toLowerCase());
  },
});

/** Only images are let in, under a random name. */
export const poster = multer({
  storage,
  limits: { fileSize: 5_000_000, files: 1 },
  fileFilter: (_req, file, done) => done(null, IMAGES.has(file.mimetype)),
}).single("poster");
