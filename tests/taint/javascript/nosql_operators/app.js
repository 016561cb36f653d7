// Operators in queries of MongoDB: values that may be objects, and what makes text of them.
const express = require('express');
const mongoose = require('mongoose');
const mongoSanitize = require('mongo-sanitize');
const { MongoClient } = require('mongodb');

const app = express();
const users = new MongoClient('mongodb://db.example').db('shop').collection('users');
const Order = mongoose.model('Order', new mongoose.Schema({ state: String, owner: String }));
app.use(express.json());

app.post('/find', async (req, res) => {
  await users.findOne({ name: req.body.name }); // vuln: javascript-nosql-injection
  await users.findOne({ name: String(req.body.name) }); // safe: javascript-nosql-injection
  await users.findOne({ name: `${req.body.name}` }); // safe: javascript-nosql-injection
  await users.findOne({ name: { $eq: req.body.name } }); // safe: javascript-nosql-injection
  await users.find({ age: Number(req.body.age) }).toArray(); // safe: javascript-nosql-injection
  await users.find(req.body).toArray(); // vuln: javascript-nosql-injection
  await users.updateOne({ name: req.body.name }, { $set: { seen: true } }); // vuln: javascript-nosql-injection
  await users.deleteMany({ owner: mongoSanitize(req.body.owner) }); // safe: javascript-nosql-injection
  await users.find({ $where: `this.name == '${req.body.name}'` }).toArray(); // vuln: javascript-nosql-injection
  await users.aggregate([{ $match: { name: req.body.name } }]).toArray(); // vuln: javascript-nosql-injection
  res.end();
});

app.get('/query/:name', async (req, res) => {
  await users.findOne({ name: req.query.name }); // vuln: javascript-nosql-injection
  await users.findOne({ name: req.params.name }); // safe: javascript-nosql-injection
  await users.findOne({ name: req.get('x-name') }); // safe: javascript-nosql-injection
  await users.findOne({ name: req.query.name.toString() }); // safe: javascript-nosql-injection
  res.end();
});

app.post('/mongoose', async (req, res) => {
  await Order.find({ state: req.body.state }); // vuln: javascript-nosql-injection
  await Order.findOne().where('owner').equals(String(req.body.owner)); // safe: javascript-nosql-injection
  await Order.findById(req.params.id); // safe: javascript-nosql-injection
  if (typeof req.body.owner === 'string') {
    await Order.findOne({ owner: req.body.owner }); // safe: javascript-nosql-injection
  }
  await Order.deleteOne({ owner: req.body.owner }); // vuln: javascript-nosql-injection
  res.end();
});
