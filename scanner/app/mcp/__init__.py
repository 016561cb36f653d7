"""Casemate for agents: a Model Context Protocol server that scans, explains findings and reads code below one root."""
