"""Flows of untrusted data through a program, and calls that are wrong by themselves: the native engine."""
