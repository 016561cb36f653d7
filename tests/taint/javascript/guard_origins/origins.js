const allowed = (process.env.ORIGINS || '').split(',');

exports.ours = (origin) => allowed.includes(origin);
