from pathlib import Path

from PIL import Image

from seedbank.digest import checksum, thumbnail_name

CACHE = Path("/var/cache/seedbank")


def thumbnail(owner, path, size=160):
    target = CACHE / str(int(owner)) / thumbnail_name(owner, path, size)
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        with Image.open(path) as picture:
            picture.thumbnail((size, size))
            picture.save(target)
    return target


def returned_intact(sample, path):
    return checksum(path) == sample["sha256"]
