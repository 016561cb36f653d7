import ldap
from ldap.dn import escape_dn_chars

BASE = "ou=people,dc=office,dc=example"


class Directory:
    def __init__(self, url):
        self._url = url

    def _bind(self):
        connection = ldap.initialize(self._url)
        connection.simple_bind_s()
        return connection

    def person_with_pin(self, uid, pin):
        # both values come from the keypad: escape them
        query = "(&(uid={})(doorPin={}))".format(escape_dn_chars(uid), escape_dn_chars(pin))
        found = self._bind().search_s(BASE, ldap.SCOPE_ONELEVEL, query, ["cn"])
        return found[0][1] if found else None
