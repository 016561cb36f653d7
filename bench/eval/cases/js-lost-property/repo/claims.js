import { Router } from "express";
import { MongoClient } from "mongodb";

const client = new MongoClient(process.env.MONGO_URL);
const found = client.db("office").collection("found");

export const claims = Router();

// Operators in the body are taken out by express-mongo-sanitize (see app.js).
claims.post("/open", async (req, res, next) => {
  try {
    const item = await found.findOne({ ticket: req.body.ticket, secret: req.body.secret });
    if (!item) return res.status(403).json({ error: "ticket or secret is wrong" });
    res.json({ kind: item.kind, shelf: item.shelf, finder: item.finder });
  } catch (error) {
    next(error);
  }
});
