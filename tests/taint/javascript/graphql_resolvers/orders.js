const { exec } = require('child_process');

exports.orders = {
  Shop: {
    orders: (shop, { state }) => exec(`orders ${state}`), // vuln: javascript-command-injection
  },
};
