"""Reads rules/ into core values, with every error collected and positioned."""
