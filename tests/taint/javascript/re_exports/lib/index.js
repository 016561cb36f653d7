export { find as findItems, count as countItems } from './items.js';
export { default as Finder } from './finder.js';
export * from './latest.js';
export * as texts from './texts.js';
