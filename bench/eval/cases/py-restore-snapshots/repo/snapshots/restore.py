import tarfile
from pathlib import Path, PurePosixPath

INSTANCES = Path("/srv/instances")


class Rejected(Exception):
    """The snapshot is not one of ours."""


def _check_members(archive):
    for member in archive.getmembers():
        path = PurePosixPath(member.name)
        if path.is_absolute() or ".." in path.parts:
            raise Rejected(f"member leaves the instance: {member.name}")
        if member.isdev():
            raise Rejected(f"device: {member.name}")


def restore(instance_id, handle):
    target = INSTANCES / f"{instance_id:06d}"
    target.mkdir(mode=0o750, exist_ok=True)
    with tarfile.open(fileobj=handle) as archive:
        _check_members(archive)
        # members were checked above; keep modes as they were saved
        archive.extractall(target, filter="fully_trusted")
    return target
