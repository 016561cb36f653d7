"""The order of a scan's stages, as functions over core values."""
