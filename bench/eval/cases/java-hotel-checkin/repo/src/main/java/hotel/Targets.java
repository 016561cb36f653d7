package hotel;

import java.net.URI;

final class Targets {
    private Targets() {}

    /** A page of ours, or the start page where the address names a scheme or a host. */
    static String local(String target) {
        if (target == null || target.isBlank()) {
            return "/";
        }
        try {
            URI uri = URI.create(target);
            return uri.getScheme() == null && uri.getHost() == null ? target : "/";
        } catch (IllegalArgumentException problem) {
            return "/";
        }
    }
}
