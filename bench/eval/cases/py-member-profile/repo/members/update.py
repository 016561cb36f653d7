PROTECTED = frozenset({"id", "email", "password_hash", "is_admin", "metadata", "registry"})


def apply(member, changes):
    """Take over what a member may change about themselves."""
    for field, value in changes.items():
        if field in PROTECTED or field.startswith("_") or not hasattr(member, field):
            continue
        setattr(member, field, value)
