"""Text in a repository that speaks to whoever reviews it: a model, a scanner, an automated reviewer."""
