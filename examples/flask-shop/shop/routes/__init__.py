"""HTTP: what a request asks for, and what it gets."""
