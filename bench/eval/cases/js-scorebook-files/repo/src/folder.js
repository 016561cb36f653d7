import path from "node:path";

export class Folder {
  #root;

  constructor(root) {
    this.#root = path.resolve(root) + path.sep;
  }

  /** The path of a file below the folder, or null. */
  at(...parts) {
    const full = path.resolve(this.#root, ...parts);
    return full.startsWith(this.#root) ? full : null;
  }
}
