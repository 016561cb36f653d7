// Objects that are called: where an attribute, a getter or a parameter holds them.
const express = require('express');
const knex = require('knex')({ client: 'pg' });

const app = express();

class Reports {
  constructor(db) {
    this.db = db;
  }

  get table() {
    return this.db('reports');
  }

  byState(state) {
    return this.db('reports').whereRaw(`state = '${state}'`); // vuln: javascript-sql-injection
  }

  sorted(column) {
    return this.table.select('id').orderByRaw(column); // vuln: javascript-sql-injection
  }

  bound(state) {
    return this.table.whereRaw('state = ?', [state]); // safe: javascript-sql-injection
  }
}

function counted(db, state) {
  return db('reports').havingRaw(`state = '${state}'`); // vuln: javascript-sql-injection
}

const reports = new Reports(knex);

app.get('/state', async (req, res) => res.json(await reports.byState(req.query.state)));
app.get('/sorted', async (req, res) => res.json(await reports.sorted(req.query.column)));
app.get('/bound', async (req, res) => res.json(await reports.bound(req.query.state)));
app.get('/counted', async (req, res) => res.json(await counted(knex, req.query.state)));
