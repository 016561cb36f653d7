const Mustache = require("mustache");

const OPTIONS = { escape: (value) => value };

/** Fill in a trader's own text; {{number}}, {{total}} and {{due}} are known. */
function fill(source, invoice) {
  const view = Object.assign(Object.create(null), {
    number: String(invoice.number),
    total: invoice.total.toFixed(2),
    due: invoice.due.toISOString().slice(0, 10),
  });
  return Mustache.render(source, view, {}, OPTIONS);
}

module.exports = { fill };
