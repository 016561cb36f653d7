const TABLES = ['items', 'carts'];

exports.checkColumn = (name) => /^[a-z_]+$/.test(name);

exports.ensureTable = (name) => {
  if (!TABLES.includes(name)) {
    throw new Error(`no such table: ${name}`);
  }
};
