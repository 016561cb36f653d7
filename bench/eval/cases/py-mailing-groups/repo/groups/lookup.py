from ldap3 import SUBTREE, Connection, Server

from groups.encoding import literal

BASE = "ou=groups,dc=mail,dc=example"


def _connection():
    return Connection(Server("ldaps://directory.mail.example"), auto_bind=True)


def members_of(name):
    with _connection() as connection:
        # group names hold commas, brackets and stars
        query = f"(&(objectClass=groupOfNames)(cn={literal(name)}))"
        connection.search(BASE, query, SUBTREE, attributes=["member"])
        if not connection.entries:
            return None
        return list(connection.entries[0].member.values)
