"""Adapters of the Source port: a directory as it is, or a git revision."""
