package pump;

import javax.net.ssl.HostnameVerifier;

final class Hosts {
    static final String EXPECTED = "telemetry.pumps.example";

    /** Only our own server will do. */
    static final HostnameVerifier ONLY_OURS = (host, session) -> EXPECTED.equalsIgnoreCase(host);

    private Hosts() {}
}
