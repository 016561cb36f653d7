package vote;

import java.time.Instant;
import java.util.List;

record Election(String title, Instant created, List<String> tokens) {
    static Election open(String title, int voters) {
        Instant now = Instant.now();
        return new Election(title, now, new SecureTokens(now).draw(voters));
    }

    String notice() {
        return title + ", opened " + created;
    }
}
