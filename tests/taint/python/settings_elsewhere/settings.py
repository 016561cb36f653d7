"""What the program is set to."""
from lxml import etree

VERIFY = False
CHECKED = True
CHANGED = False
PARSER = {"resolve_entities": True, "no_network": False}
SAFE_PARSER = {"resolve_entities": False, "no_network": True}

if etree.LXML_VERSION > (5,):
    CHANGED = True
