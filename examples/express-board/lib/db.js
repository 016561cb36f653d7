'use strict';

const { Pool } = require('pg');

const config = require('../config');

module.exports = new Pool({ connectionString: config.databaseUrl, max: Number(process.env.DATABASE_POOL || 10) });
