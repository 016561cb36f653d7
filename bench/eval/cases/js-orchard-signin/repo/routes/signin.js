const { Router, urlencoded } = require("express");
const { within } = require("../lib/site");
const growers = require("../lib/growers");

const router = Router();

router.post("/signin", urlencoded({ extended: false }), async (req, res, next) => {
  try {
    const grower = await growers.check(String(req.body.email), String(req.body.password));
    if (!grower) return res.redirect(303, "/signin?failed=1");
    req.session.regenerate((error) => {
      if (error) return next(error);
      req.session.grower = grower.id;
      res.redirect(303, within(String(req.query.back || "/")));
    });
  } catch (error) {
    next(error);
  }
});

module.exports = router;
