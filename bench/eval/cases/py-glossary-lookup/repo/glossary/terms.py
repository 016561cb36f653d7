from functools import cache
from pathlib import Path

from lxml import etree

from glossary.xpath import literal

SOURCE = Path(__file__).with_name("glossary.xml")


@cache
def _document():
    return etree.parse(str(SOURCE))


def lookup(term, language):
    found = _document().xpath(f"//entry[term = {literal(term)}]/text[@lang = {literal(language)}]")
    return [element.text for element in found]
