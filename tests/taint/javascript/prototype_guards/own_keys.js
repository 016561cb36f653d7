// What an object has under one of its own keys is its own; what another has under them need not be.
function mark(names, records) {
  for (const record of records) {
    for (const name of names) {
      record[name] = true; // safe: javascript-prototype-pollution [library]
    }
  }
}

exports.own = (tree, names) => {
  for (const key of Object.keys(tree)) {
    const inner = tree[key];
    for (const name of names) {
      inner[name] = true; // safe: javascript-prototype-pollution [library]
    }
  }
};

exports.entries = (tree, names) => {
  for (const [key] of Object.entries(tree.children)) {
    for (const name of names) {
      tree.children[key][name] = true; // safe: javascript-prototype-pollution [library]
    }
  }
};

exports.each = (tree, names) => {
  Object.keys(tree).forEach((key) => {
    names.forEach((name) => {
      tree[key][name] = true; // safe: javascript-prototype-pollution [library]
    });
  });
};

exports.inherited = (tree, names) => {
  for (const key in tree) {
    names.forEach((name) => {
      tree[key][name] = true; // safe: javascript-prototype-pollution [library]
    });
  }
};

exports.other = (tree, patch, names) => {
  for (const key of Object.keys(patch)) {
    const inner = tree[key];
    for (const name of names) {
      inner[name] = true; // vuln: javascript-prototype-pollution [library]
    }
  }
};

exports.otherEach = (tree, patch) => {
  Object.keys(patch).forEach((key) => {
    Object.keys(patch[key]).forEach((name) => {
      tree[key][name] = patch[key][name]; // vuln: javascript-prototype-pollution [library]
    });
  });
};

exports.down = (tree, names) => {
  let here = tree;
  for (const key of Object.keys(names)) {
    for (const name of Object.keys(here)) {
      here = here[name];
      here[key] = true; // vuln: javascript-prototype-pollution [library]
    }
  }
};

exports.changed = (tree, names) => {
  for (let key of Object.keys(tree)) {
    key = names[key];
    const inner = tree[key];
    for (const name of Object.keys(names)) {
      inner[name] = true; // vuln: javascript-prototype-pollution [library]
    }
  }
};

exports.marked = (tree, names) => {
  for (const key of Object.keys(tree)) {
    mark(names, [tree[key]]);
  }
};
