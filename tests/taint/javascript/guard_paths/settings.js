const path = require('path');

exports.folders = { forms: path.join(__dirname, 'forms') };
exports.site = 'https://shop.example';
