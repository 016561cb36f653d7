// Three layers in three files: requests, rules of the business, statements.
const { Router } = require('express');

const { ItemService } = require('./service');

const router = Router();
const service = new ItemService();

router.get('/items', async (req, res) => res.json(await service.search(req.query.q || '')));
router.get('/items/:number', async (req, res) => res.json(await service.item(parseInt(req.params.number, 10))));
router.get('/sorted', async (req, res) => res.json(await service.ordered(req.query.by)));
router.post('/notes', async (req, res) => {
  await service.note(req.body);
  res.status(201).end();
});

module.exports = router;
