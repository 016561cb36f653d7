import hashlib

CHUNK = 1 << 20


def checksum(path):
    """What the catalogue and the label say; compared when a sample comes back."""
    digest = hashlib.sha256()
    with open(path, "rb") as handle:
        while chunk := handle.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def thumbnail_name(owner, path, size):
    key = f"{owner}/{path}@{size}".encode()
    return hashlib.md5(key, usedforsecurity=False).hexdigest() + ".webp"
