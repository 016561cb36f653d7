'use strict';

const fs = require('node:fs');

const app = require('./app');
const config = require('./config');

for (const folder of [config.uploads, config.avatars, config.themes, config.archives]) {
  fs.mkdirSync(folder, { recursive: true });
}

app.listen(config.port, '127.0.0.1', () => {
  console.log(`board listens on port ${config.port}`);
});
