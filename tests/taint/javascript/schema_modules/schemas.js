const { z } = require('zod');
const Joi = require('joi');

const Job = z.object({ id: z.number().int(), key: z.string().uuid(), name: z.string(), box: z.object({ size: z.coerce.number(), label: z.string() }) }).strict();
const item = Joi.object({ count: Joi.number().integer().required(), kind: Joi.string().valid('a', 'b'), note: Joi.string().max(20) });

let Changed = z.object({ id: z.number() });
Changed = z.object({ id: z.string() });

module.exports = { Job, Changed, bodies: { item }, Order: z.object({ by: z.enum(['id', 'name']), text: z.string() }) };

// Expressions that are closed at both ends say which letters a text holds.
const NAME = /^[a-z0-9_]+$/i;
module.exports.Named = z.object({ id: z.string().regex(NAME).max(3), key: z.string().regex(/[a-z]+/), name: z.string().min(3).regex(/^\w+$/, 'bad') });
module.exports.Coded = Joi.object({ id: Joi.string().pattern(/^[a-z]+$/).required(), key: Joi.string().pattern(/^[a-z]+$/, { invert: true }), all: Joi.object().pattern(/^\w+$/, Joi.string()) });
