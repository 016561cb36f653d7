import datetime
import re

import yaml

_AMOUNT = re.compile(r"\s*(\d{1,4})\s*(?:min)?\s*\Z")


class RecipeLoader(yaml.SafeLoader):
    pass


def _minutes(loader, node):
    found = _AMOUNT.match(loader.construct_scalar(node))
    if not found:
        raise yaml.YAMLError("a number of minutes is needed")
    return datetime.timedelta(minutes=int(found[1]))


RecipeLoader.add_constructor("!minutes", _minutes)


def parse(text):
    # several recipes in one file
    documents = yaml.load_all(text, Loader=RecipeLoader)
    return [document for document in documents if isinstance(document, dict)]
