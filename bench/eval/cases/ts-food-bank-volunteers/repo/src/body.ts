import type { RequestHandler } from "express";
import type { ZodTypeAny } from "zod";

export function body(schema: ZodTypeAny): RequestHandler {
  return (req, res, next) => {
    const result = schema.safeParse(req.body);
    if (!result.success) {
      res.status(422).json({ issues: result.error.issues });
      return;
    }
    req.body = result.data;
    next();
  };
}
