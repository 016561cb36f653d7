"""Filters of Django's templates: what they are given is text that is still to be escaped."""
from django import template
from django.utils.html import conditional_escape, escape
from django.utils.safestring import mark_safe

register = template.Library()


@register.filter
def lines(header):
    return mark_safe("<br>".join(header.split(",")))  # vuln: python-cross-site-scripting [stored]


@register.filter(name="bold")
def strong(value):
    return mark_safe("<b>%s</b>" % value)  # vuln: python-cross-site-scripting


@register.filter
def escaped_lines(header):
    return mark_safe("<br>".join(escape(header).split(",")))  # safe: python-cross-site-scripting


@register.filter(is_safe=True)
def escaped_bold(value):
    return mark_safe("<b>%s</b>" % conditional_escape(value))  # safe: python-cross-site-scripting


@register.filter
def shortened(value):
    return value[:10]
