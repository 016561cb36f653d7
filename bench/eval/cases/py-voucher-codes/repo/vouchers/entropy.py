"""One place that says where our random numbers come from."""

import secrets

random = secrets.SystemRandom()
