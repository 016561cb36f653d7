import pg from 'pg';

const client = new pg.Client();

export class Reports {
  run(name) {
    return client.query("SELECT id FROM reports WHERE name = '" + name + "'"); // vuln: javascript-sql-injection
  }
}
