type Tree = Record<string, unknown>;

const RESERVED = new Set(['__proto__', 'constructor', 'prototype']);

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Puts `changes` over `target`, trees within trees included. */
export function merge(target: Tree, changes: Tree): Tree {
  for (const name of Object.keys(changes)) {
    const change = changes[name];
    const current = target[name];
    if (isTree(change) && isTree(current)) {
      merge(current, change);
    } else {
      target[name] = change;
    }
  }
  return target;
}

/** The same for what partners send. */
export function overlay(base: Tree, changes: Tree): Tree {
  for (const key of Object.keys(changes)) {
    if (RESERVED.has(key)) {
      continue;
    }
    const change = changes[key];
    const current = base[key];
    if (isTree(change) && isTree(current)) {
      overlay(current, change);
    } else {
      base[key] = change;
    }
  }
  return base;
}
