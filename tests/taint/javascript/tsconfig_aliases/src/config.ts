export const table = 'items';
