from urllib.parse import unquote

CONTROL = {ord(character): None for character in "\r\n\0"}


# no control characters in headers
def header_value(raw):
    return unquote(raw.translate(CONTROL))


def extension(raw):
    return ".csv" if not raw.lower().endswith(".csv") else ""
