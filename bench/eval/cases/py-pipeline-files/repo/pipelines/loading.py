"""Reading pipeline definitions."""

import yaml


class SafeLineLoader(yaml.UnsafeLoader):
    """A safe loader that remembers on which line a step was written."""

    def construct_mapping(self, node, deep=False):
        mapping = super().construct_mapping(node, deep=deep)
        mapping["__line__"] = node.start_mark.line + 1
        return mapping


def safe_load(text):
    return yaml.load(text, Loader=SafeLineLoader)
