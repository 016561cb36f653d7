"""The middle layer: rules of the business."""
from service.repository import ItemRepository

SORTED = {"id": "id", "name": "name COLLATE NOCASE"}


class ItemService:
    def __init__(self, repository=None):
        self.repository = repository or ItemRepository("items.db")

    def search(self, query):
        words = query.strip().split()
        return [row for word in words for row in self.repository.by_name(word)]

    def item(self, number):
        return self.repository.by_id(number)

    def ordered(self, by):
        return self.repository.sorted_by(SORTED.get(by, "id"))

    def note(self, payload):
        entry = {"text": payload["text"], "kind": "note"}
        self.repository.note(entry)
        self.repository.kind(entry)
