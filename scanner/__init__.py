"""Casemate: an autonomous code-security scanner. The command line in `scanner.cli` is its public face."""
