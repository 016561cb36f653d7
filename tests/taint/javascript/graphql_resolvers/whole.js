// A resolver's arguments are an object: whoever is given all of it is given no text, and still may take the texts in it.
const { ApolloServer } = require('apollo-server');
const { Pool } = require('pg');

const pool = new Pool();

class Books {
  async search({ title }) {
    return pool.query(`SELECT id FROM books WHERE title = '${title}'`); // vuln: javascript-sql-injection
  }
}

const books = new Books();

module.exports = new ApolloServer({
  resolvers: {
    Query: {
      own: (parent, args) => books.search(args),
      foreign: (parent, args, { sources }) => sources.books.search(args), // safe: javascript-regex-from-input
      word: (parent, args, { sources }) => sources.shelves.search(args.word), // vuln: javascript-regex-from-input
      pattern: (parent, args) => new RegExp(args.word).test('a book'), // vuln: javascript-regex-from-input
    },
  },
});
