// An object within an object that is kept: what a visitor sets in it is one of its fields, and the others stay what they are.
const { tableName, titleOf } = require('./settings-names');
const { Pool } = require('pg');

const pool = new Pool();

module.exports = (app) => {
  app.settings = { table: "items", title: "" };

  app.put('/title', (req, res) => {
    const given = req.body;
    app.settings.title = given.title;
    res.sendStatus(204);
  });

  app.get('/titles', async (req, res) => {
    await pool.query(`SELECT id FROM ${tableName(app)}`); // safe: javascript-sql-injection
    await pool.query(`SELECT id FROM items WHERE title = '${titleOf(app)}'`); // vuln: javascript-sql-injection
    res.end();
  });
};
