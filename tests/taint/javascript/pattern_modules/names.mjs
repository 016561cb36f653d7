export const WORD = /^\w+$/;
export const TABLE = { key: /^[a-z]+$/, any: /^.+$/ };
export let changed = /^\w+$/;
changed = /.*/;
