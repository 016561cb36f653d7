// Resolvers that other modules export, in objects, lists and schemas.
const { ApolloServer } = require('apollo-server-express');
const { makeExecutableSchema } = require('@graphql-tools/schema');

const resolvers = require('./resolvers');
const { orders } = require('./orders');

const schema = makeExecutableSchema({ typeDefs: '', resolvers: [resolvers, orders] });

module.exports = new ApolloServer({ schema });
