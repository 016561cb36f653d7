// Routes of an application that somebody else has made.
module.exports = (app) => {
  app.put('/settings/:name', (req, res) => {
    res.status(400).send(`No setting ${req.params.name}`); // safe: javascript-cross-site-scripting
  });

  app.post('/settings/:name', (req, res) => {
    res.status(400).send(`No setting ${req.params.name}`); // vuln: javascript-cross-site-scripting
  });
};
