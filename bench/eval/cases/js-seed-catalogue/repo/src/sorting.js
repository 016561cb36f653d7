const SORTS = { name: "latin_name", price: "price_cents", sown: "sow_from" };

function orderBy(query) {
  const column = Object.hasOwn(SORTS, query.sort) ? SORTS[query.sort] : SORTS.name;
  const direction = query.dir === "desc" ? "DESC" : "ASC";
  return `${column} ${direction}`;
}

function clamp(value, low, high, otherwise) {
  const number = Number.parseInt(value, 10);
  return Number.isNaN(number) ? otherwise : Math.min(high, Math.max(low, number));
}

module.exports = { orderBy, clamp };
