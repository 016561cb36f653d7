import shutil
import tempfile
from contextlib import contextmanager


@contextmanager
def scratch():
    path = tempfile.mkdtemp(prefix="assay-", dir="/tmp")
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)
