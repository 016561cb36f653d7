"""Names of our settings; the values come from the environment."""

HOST = "printer.host"
USER = "printer.user"
PASSWORD = "printer.password"
QUEUE = "printer.queue"
