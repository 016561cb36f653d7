"""The command line: flags become a Config, the Config becomes a report, the report becomes an exit code."""
