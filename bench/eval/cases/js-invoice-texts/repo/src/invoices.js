const { Router } = require("express");
const { fill } = require("./mailText");
const { mailer } = require("./mailer");
const { traders } = require("./traders");

const router = Router();

router.put("/mail-text", async (req, res) => {
  const text = String(req.body.text ?? "").slice(0, 4000);
  await traders.update(req.trader.id, { mailText: text });
  res.sendStatus(204);
});

router.post("/invoices/:number/send", async (req, res, next) => {
  try {
    const invoice = await traders.invoice(req.trader.id, Number(req.params.number));
    const text = fill(req.trader.mailText, invoice);
    await mailer.sendMail({ to: invoice.email, subject: `Invoice ${invoice.number}`, text });
    res.sendStatus(202);
  } catch (error) {
    next(error);
  }
});

module.exports = router;
