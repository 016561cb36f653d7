"""Commands of the host."""

import subprocess


def run(command, cwd=None):
    """Run a command line and return what it printed; a failing command raises."""
    return subprocess.run(command, shell=True, check=True, capture_output=True, text=True, timeout=60, cwd=cwd).stdout
