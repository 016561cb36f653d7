const { z } = require('zod');
const Joi = require('joi');

const Job = z.object({ id: z.number().int(), key: z.string().uuid(), name: z.string(), box: z.object({ size: z.coerce.number(), label: z.string() }) }).strict();
const item = Joi.object({ count: Joi.number().integer().required(), kind: Joi.string().valid('a', 'b'), note: Joi.string().max(20) });

let Changed = z.object({ id: z.number() });
Changed = z.object({ id: z.string() });

module.exports = { Job, Changed, bodies: { item }, Order: z.object({ by: z.enum(['id', 'name']), text: z.string() }) };
