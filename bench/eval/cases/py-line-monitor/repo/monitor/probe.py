import re
import shlex
import subprocess

TEMPLATE = 'ping -n -q -c {count} -W 2 "{host}" | tail -n 1'
SUMMARY = re.compile(r"= ([\d.]+)/([\d.]+)/([\d.]+)")


def round_trip(host, count=3):
    """Minimum, average and maximum in milliseconds, or None."""
    line = TEMPLATE.format(count=int(count), host=shlex.quote(host))
    finished = subprocess.run(line, shell=True, capture_output=True, text=True, timeout=20, check=False)
    found = SUMMARY.search(finished.stdout)
    return tuple(float(value) for value in found.groups()) if found else None
