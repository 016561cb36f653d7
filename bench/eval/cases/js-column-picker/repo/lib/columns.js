const CELLS = new Map([
  ["name", "row.last + ', ' + row.first"],
  ["age", "now - row.born"],
  ["fee", "(row.cents / 100).toFixed(2)"],
  ["since", "String(row.since).slice(0, 4)"],
]);

/** Build one function for a set of columns; rows are many, so it is compiled. */
function compile(keys) {
  const known = keys.filter((key) => CELLS.has(key));
  const source = known.map((key) => CELLS.get(key)).join(", ");
  return new Function("row", "now", `return [${source}];`);
}

module.exports = { compile, names: [...CELLS.keys()] };
