import itertools
import subprocess

from plotter.hpgl import commands_of
from plotter.spool import SpoolError, spool

NUMBERS = itertools.count(1)


def handle(job):
    try:
        path = spool(next(NUMBERS), commands_of(job))
    except SpoolError as problem:
        return {"job": job["id"], "error": str(problem)}
    subprocess.run(["/usr/local/bin/plot", "--device", "/dev/usb/lp0", path], check=True)
    return {"job": job["id"], "path": path}
