"""Cleaning in several steps."""
import os
import re


def only_number(text, default=0):
    try:
        return int(text)
    except ValueError:
        return default


def identifier(text):
    return re.sub(r"\W", "_", text)


def _last(text):
    return os.path.basename(text)


def clean_name(text):
    return _last(text.replace("\\", "/")).strip()


def shorten(text):
    return text[:30]
