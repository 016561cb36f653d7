"""Caches and triage history on disk. Empty until the cache capability lands."""
