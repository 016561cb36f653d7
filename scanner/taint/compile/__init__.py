"""Models and rules from YAML into `Knowledge`: each file read by itself, then joined a language."""
