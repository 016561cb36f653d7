// A library's functions that are given a query, or a part of one, and one that puts code together.
const { MongoClient } = require('mongodb');

const rows = new MongoClient('mongodb://db.example').db('shop').collection('rows');

exports.list = (domain, query) => rows.find({ domain, ...query }).toArray(); // safe: javascript-code-injection [library]
exports.part = (key, id) => rows.findOne({ [key]: { $elemMatch: { _id: id } } }); // safe: javascript-code-injection [library]
exports.named = (name) => rows.find({ $where: `this.name == '${name}'` }).toArray(); // vuln: javascript-code-injection [library]
exports.again = async () => {
  const row = await rows.findOne({ kind: 'first' });
  return rows.find({ parent: row._id, ...row.filter }).toArray(); // safe: javascript-code-injection
};
