export const quoted = (name) => `SELECT id FROM items WHERE name = '${name}'`;

export const fixed = (name) => `SELECT id FROM items LIMIT ${name.length}`;
