package staff;

import static org.springframework.ldap.query.LdapQueryBuilder.query;

import java.util.List;
import org.springframework.ldap.core.AttributesMapper;
import org.springframework.ldap.core.LdapTemplate;
import org.springframework.stereotype.Service;

@Service
class Phonebook {
    private static final AttributesMapper<String> LINE =
            entry -> entry.get("cn").get() + ": " + entry.get("telephoneNumber").get();

    private final LdapTemplate ldap;

    Phonebook(LdapTemplate ldap) {
        this.ldap = ldap;
    }

    // value is passed on as typed, people search with accents and hyphens
    List<String> find(String by, String value) {
        String attribute = switch (by) {
            case "room" -> "roomNumber";
            default -> "sn";
        };
        return ldap.search(
                query().base("ou=staff").countLimit(20).where("objectClass").is("person").and(attribute).is(value), LINE);
    }
}
