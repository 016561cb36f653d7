exports.tableName = (app) => app.settings.table;
exports.titleOf = (app) => app.settings.title;
