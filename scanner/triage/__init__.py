"""The LLM reasoning loop over suspicious findings; knows no SDK. Empty until the triage capability lands."""
