"""The security log, read by the on-call team and by fail2ban."""

import logging

log = logging.getLogger("shop.audit")


def failed_login(email):
    log.warning("login failed: %s", email)


def signed_in(user):
    log.info("login ok: user %d", user["id"])


def registered(email):
    log.info("account created: %r", email)
