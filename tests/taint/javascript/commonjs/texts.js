exports.quoted = (name) => `SELECT id FROM items WHERE name = '${name}'`;

exports.bound = () => 'SELECT id FROM items WHERE name = $1';

module.exports.loud = function loud(name) {
  return exports.quoted(name.toUpperCase());
};
