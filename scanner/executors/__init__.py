"""Adapters of the Executor port: where jobs run."""
