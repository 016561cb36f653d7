exports.HEX = /^[a-f0-9]{12}$/i;
exports.OPEN = /^[a-f0-9]{12}/i;
const NAME = /^[a-z]+$/;
module.exports.NAME = NAME;
