'use strict';

const path = require('node:path');

const data = process.env.BOARD_DATA || path.join(__dirname, 'data');

module.exports = {
  port: Number(process.env.PORT || 3000),
  // The password is rotated by the platform team; this one only works inside the cluster.
  databaseUrl: process.env.DATABASE_URL || 'postgres://board:tW6pLx93QmRz@db.board.internal:5432/board',
  sessionKey: 'kX2r9TqLw7VbZ4nDfY8sJc3HgM6eRuPa',
  apiKeys: {
    current: process.env.API_KEY_CURRENT || '',
    previous: process.env.API_KEY_PREVIOUS || '',
  },
  // Handed to every browser that subscribes to notifications.
  pushPublicKey: 'BNmuQXVv6FrU3bxtoBPdRyvsPp-8ZHD-7zpbK8cxioa0Kf1KGrf1pRNkdLz8iGDp_U3qPp2Hcwotp0n7GnAbuSI',
  uploads: path.join(data, 'uploads'),
  avatars: path.join(data, 'avatars'),
  themes: path.join(data, 'themes'),
  archives: path.join(data, 'archives'),
};
