"""How good triage is, measured on labelled cases."""
