import hashlib
import hmac
from datetime import datetime, timedelta, timezone

from accounts.mailer import send_reset
from accounts.models import Account
from accounts.tokens import secure_token


def begin(email):
    account = Account.by_email(email)
    if account is None:
        return
    token = secure_token()
    account.reset_digest = hashlib.sha256(token.encode()).hexdigest()
    account.reset_until = datetime.now(timezone.utc) + timedelta(minutes=15)
    account.save()
    send_reset(account.email, token)


def finish(email, token, password):
    account = Account.by_email(email)
    if account is None or account.reset_until < datetime.now(timezone.utc):
        return False
    if not hmac.compare_digest(account.reset_digest, hashlib.sha256(token.encode()).hexdigest()):
        return False
    account.set_password(password)
    return True
