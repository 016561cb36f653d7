// Code in queries of MongoDB: only what stands under the operator for it is run.
const express = require('express');
const { MongoClient } = require('mongodb');

const app = express();
const users = new MongoClient('mongodb://db.example').db('shop').collection('users');
app.use(express.json());

app.post('/code', async (req, res) => {
  await users.find({ $where: `this.name == '${req.body.name}'` }).toArray(); // vuln: javascript-code-injection
  const query = {};
  query.$where = `this.owner == '${req.body.owner}'`; // vuln: javascript-code-injection
  await users.find(query).toArray();
  await users.find({ $where: 'this.age > 3', name: String(req.body.name) }).toArray(); // safe: javascript-code-injection
  await users.find({ name: { $in: [req.body.name] } }).toArray(); // safe: javascript-code-injection
  await users.find({ [`${req.body.field}.id`]: 1 }).toArray(); // safe: javascript-code-injection
  res.end();
});
