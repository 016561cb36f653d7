"""What a model can look at: read-only tools over the snapshot, one file a tool."""
