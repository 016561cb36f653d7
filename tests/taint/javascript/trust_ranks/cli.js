#!/usr/bin/env node
const { free, freeOne } = require('./index');

free(process.argv[2], () => {});
freeOne(process.argv[2], () => {});
