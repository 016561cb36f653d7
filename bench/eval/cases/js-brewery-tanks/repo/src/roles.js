import { users } from "./users.js";

export const requireRole = (role) => async (req, res, next) => {
  const user = await users.byToken(req.get("x-panel-token"));
  if (!user) return res.sendStatus(401);
  if (!user.roles.includes(role)) return res.sendStatus(403);
  req.user = user;
  next();
};
