"""Effects on foreign services. Empty until the pull-request capability lands."""
