const { ApolloServer } = require('@apollo/server');
const _ = require('lodash');

const settings = {};

module.exports = new ApolloServer({
  resolvers: {
    Mutation: {
      change: (parent, args) => _.merge(settings, args.input), // safe: javascript-prototype-pollution
      name: (parent, args) => {
        const table = {};
        table[args.group] = table[args.group] || {};
        table[args.group][args.name] = 1; // vuln: javascript-prototype-pollution
      },
    },
  },
});
