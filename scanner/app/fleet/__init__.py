"""A fleet: many repositories, each scanned in a process of its own, here or on a Ray cluster, into one inventory."""
