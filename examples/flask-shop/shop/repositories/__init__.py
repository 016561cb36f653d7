"""SQL lives here."""
