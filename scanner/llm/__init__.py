"""Adapters of the chat port. Empty until the triage capability lands."""
