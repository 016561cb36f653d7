import tarfile

MAX_BYTES = 20 * 1024 * 1024


def _plain(member, path):
    if not (member.isreg() or member.isdir()):
        return None
    return tarfile.data_filter(member, path)


EXTRACTION = {"numeric_owner": False, "filter": _plain}
