let kept = 'chair';

module.exports = {
  current: 'chair',
  table: 'items',
  remember(name) {
    kept = name;
  },
  last: () => kept,
};
