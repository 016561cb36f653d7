"""Pure functions from a ScanReport to text."""
