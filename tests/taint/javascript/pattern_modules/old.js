const { exec } = require('child_process');
const { HEX, NAME } = require('./patterns');

module.exports = (app) => {
  app.get('/old/:id/:name', (req, res) => {
    const { id, name } = req.params;
    if (!HEX.test(id) || !NAME.test(name)) {
      return res.sendStatus(400);
    }
    exec(`show ${id} ${name}`); // safe: javascript-command-injection
    exec(`show ${req.query.id}`); // vuln: javascript-command-injection
    return res.end();
  });
};
