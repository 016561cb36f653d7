import json

from markupsafe import Markup

_TABLE = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})


# Markup: jinja would quote the quotes otherwise
def script_json(value):
    return Markup(json.dumps(value, default=str).translate(_TABLE))
