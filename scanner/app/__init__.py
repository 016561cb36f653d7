"""Configuration and wiring: the only rooms that read the environment and name adapters."""
