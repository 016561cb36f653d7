"""Protocols between the pipeline and its adapters."""
