const { ItemRepository } = require('./repository');

const SORTED = new Map([['id', 'id'], ['name', 'lower(name)']]);

class ItemService {
  constructor(repository = new ItemRepository()) {
    this.repository = repository;
  }

  async search(query) {
    const words = query.trim().split(/\s+/);
    const found = [];
    for (const word of words) {
      found.push(...(await this.repository.byName(word)));
    }
    return found;
  }

  item(number) {
    return this.repository.byId(number);
  }

  ordered(by) {
    return this.repository.sortedBy(SORTED.get(by) ?? 'id');
  }

  async note(payload) {
    const entry = { text: payload.text, kind: 'note' };
    await this.repository.note(entry);
    await this.repository.kind(entry);
  }
}

module.exports = { ItemService };
