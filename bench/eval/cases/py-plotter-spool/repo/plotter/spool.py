import os

PATTERN = "/tmp/plot-{number}.hpgl"


class SpoolError(OSError):
    pass


def spool(number, commands):
    """Write a job to a file of its own that nobody else has made."""
    path = PATTERN.format(number=number)
    if os.path.exists(path):
        raise SpoolError(f"{path} is there already")
    with open(path, "w", encoding="ascii") as handle:
        handle.write("IN;SP1;\n")
        handle.writelines(f"{command};\n" for command in commands)
        handle.write("PU0,0;SP0;\n")
    os.chmod(path, 0o640)
    return path
