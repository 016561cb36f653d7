// What a package's main module hands on, at once or in the end, is what others call.
const images = require('./images');

exports.rotate = images.rotate;
exports.sounds = require('./sounds');
exports.open = (folder) => new (require('./archive'))(folder);
Object.assign(exports, require('./texts'));
