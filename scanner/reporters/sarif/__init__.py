"""SARIF 2.1.0 that every consumer takes: one module a part of the log, on the objects of sarif-om."""
