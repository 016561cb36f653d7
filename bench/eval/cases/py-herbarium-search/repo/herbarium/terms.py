import re

GAP = r"\W+"


def phrase(text):
    words = text.split()[:8]
    return GAP.join(map(re.escape, words))


# visitors search with whatever they copy from a label
def finder(text):
    return re.compile(phrase(text), re.IGNORECASE)
