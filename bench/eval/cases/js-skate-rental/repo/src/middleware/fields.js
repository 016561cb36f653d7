/** Replace the body by the named fields, each of them as text. */
export const fields =
  (...names) =>
  (req, res, next) => {
    const body = req.body ?? {};
    req.body = Object.fromEntries(names.map((name) => [name, String(body[name] ?? "").trim()]));
    next();
  };
