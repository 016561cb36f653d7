"""Texts of our letters. Sending them is the job of the mail queue."""

from flask import render_template_string

GIFT_HEAD = "Dear friend of {{ customer.name }},\n\n"
GIFT_FOOT = "\n\nWrapped with care by your shop"
DISPATCH = "Dear {{ customer.name }},\n\norder {{ order.id }} has left our house.\n{{ note }}\n"


def gift_note(customer, message):
    letter = GIFT_HEAD + message + GIFT_FOOT
    return render_template_string(letter, customer=customer)


def dispatch_notice(customer, order, note):
    return render_template_string(DISPATCH, customer=customer, order=order, note=note)
