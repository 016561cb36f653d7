import shlex
from string import Formatter


class Words(Formatter):
    def format_field(self, value, format_spec):
        return shlex.quote(format(value, format_spec))


def line(pattern, **values):
    return Words().vformat(pattern, (), values)
