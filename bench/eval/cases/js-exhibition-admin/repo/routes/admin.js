const { Router, json } = require("express");
const { curators } = require("../lib/guards");
const exhibits = require("../lib/exhibits");

const router = Router();

// large bodies: has to come before the usual parser
router.post("/import", json({ limit: "20mb" }), async (req, res, next) => {
  try {
    await exhibits.replaceAll(req.body);
    res.json({ count: req.body.length });
  } catch (error) {
    next(error);
  }
});

router.use(json());
router.use(curators);

router.put("/exhibits/:id", async (req, res, next) => {
  try {
    await exhibits.update(Number(req.params.id), { room: String(req.body.room) });
    res.sendStatus(204);
  } catch (error) {
    next(error);
  }
});

module.exports = router;
