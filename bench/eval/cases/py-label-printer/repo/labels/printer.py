from ftplib import FTP_TLS
from io import BytesIO

from labels import keys
from labels.config import read


def connect():
    password = keys.PASSWORD
    link = FTP_TLS(read(keys.HOST), timeout=20)
    link.login(read(keys.USER), passwd=read(password))
    link.prot_p()
    return link


def print_label(name, data):
    link = connect()
    try:
        link.storbinary(f"STOR {read(keys.QUEUE)}/{name}.zpl", BytesIO(data))
    finally:
        link.quit()
