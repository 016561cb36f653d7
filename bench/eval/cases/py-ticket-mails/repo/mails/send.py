import smtplib
from email.message import EmailMessage

from mails.rendering import render


def confirm(order, organiser):
    message = EmailMessage()
    message["From"] = "tickets@hall.example"
    message["To"] = order.email
    message["Subject"] = "Your tickets"
    text = render(organiser.mail_text, name=order.name, seats=", ".join(order.seats), code=order.code)
    message.set_content(text)
    with smtplib.SMTP("mail.internal") as server:
        server.send_message(message)
