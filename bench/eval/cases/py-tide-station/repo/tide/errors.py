import logging
import secrets
import traceback

log = logging.getLogger("tide")
REPLY = {"error": "internal", "reference": None}


# the whole traceback
def details(problem):
    return "".join(traceback.format_exception(problem))


def answer_for(problem):
    reference = secrets.token_hex(4)
    text = details(problem)
    log.error("reference %s\n%s", reference, text)
    return {**REPLY, "reference": reference}
