"""The engine that runs Semgrep as a subprocess; see docs/decisions/0002-semgrep-core.md."""
