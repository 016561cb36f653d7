import hashlib

# sha256 since release 4; md5 stays until the last release 3 is gone
ALGORITHMS = {"sha256": hashlib.sha256, "md5": hashlib.md5}


def matches(path, algorithm, expected):
    make = ALGORITHMS.get(algorithm)
    if make is None:
        raise ValueError(f"unknown digest: {algorithm}")
    digest = make()
    with open(path, "rb") as handle:
        for chunk in iter(lambda: handle.read(65536), b""):
            digest.update(chunk)
    return digest.hexdigest() == expected
