const { Router } = require("express");
const { authenticate } = require("./authenticate");
const store = require("./store");

const router = Router();
router.use(authenticate);

router.delete("/fines/:id", async (req, res, next) => {
  if (req.user.role !== "warden") return res.status(403).json({ error: "wardens only" });
  try {
    await store.cancelFine(Number(req.params.id), req.user.sub);
    res.status(204).end();
  } catch (error) {
    next(error);
  }
});

module.exports = router;
