// GraphQL resolvers: arguments of queries and mutations, fields of types.
const { ApolloServer } = require('@apollo/server');
const { startStandaloneServer } = require('@apollo/server/standalone');
const { Pool } = require('pg');

const pool = new Pool();

const typeDefs = `
  type Item { id: ID! name: String }
  type Query { items(name: String): [Item] item(id: ID!): Item }
  type Mutation { add(name: String): Item }
`;

async function add(parent, { name }) {
  return (await pool.query(`INSERT INTO items VALUES ('${name}')`)).rows; // vuln: javascript-sql-injection
}

const resolvers = {
  Query: {
    items: async (parent, args) => (await pool.query(`SELECT id FROM items WHERE name = '${args.name}'`)).rows, // vuln: javascript-sql-injection
    item: async (parent, { id }, context) => (await pool.query('SELECT id FROM items WHERE id = $1', [id])).rows, // safe: javascript-sql-injection
  },
  Mutation: { add },
};

const server = new ApolloServer({ typeDefs, resolvers });

startStandaloneServer(server, { listen: { port: 4000 } });
