// Contents of files and archives, answers of other servers, and what a database gives back.
const express = require('express');
const { Pool } = require('pg');

const app = express();
const pool = new Pool();
app.use(express.json());
const AdmZip = require('adm-zip');
const { execSync } = require('child_process');
const fs = require('fs');

app.get('/stored', async (req, res) => {
  const { rows } = await pool.query('SELECT name FROM items WHERE id = $1', [req.query.id]); // safe: javascript-sql-injection
  await pool.query(`SELECT id FROM carts WHERE item = '${rows[0].name}'`); // vuln: javascript-sql-injection [stored]
  res.end();
});

app.get('/file', async (req, res) => {
  const text = fs.readFileSync('/srv/import/names.csv', 'utf8');
  for (const line of text.split('\n')) {
    await pool.query('INSERT INTO items VALUES ($1)', [line]); // safe: javascript-sql-injection
  }
  res.end();
});

app.post('/archive', express.raw({ type: '*/*' }), async (req, res) => {
  for (const entry of new AdmZip('/srv/import/names.zip').getEntries()) {
    await pool.query(`INSERT INTO items VALUES ('${entry.entryName}')`); // vuln: javascript-sql-injection [content]
    await pool.query('INSERT INTO items VALUES ($1)', [entry.entryName]); // safe: javascript-sql-injection
  }
  res.end();
});

app.get('/answer', async (req, res) => {
  const answer = await fetch('https://erp.example/version');
  const { version } = await answer.json();
  execSync(`install ${version}`); // vuln: javascript-command-injection [content]
  execSync('install latest'); // safe: javascript-command-injection
  res.end();
});
