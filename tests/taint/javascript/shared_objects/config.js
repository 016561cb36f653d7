module.exports = Object.freeze({ table: 'items', order: 'name' });
