"""GitHub: review comments on pull requests."""
