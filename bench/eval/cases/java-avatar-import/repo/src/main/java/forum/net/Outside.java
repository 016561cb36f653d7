package forum.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;

public final class Outside {
    private Outside() {}

    /** Refuses addresses of our own network. */
    public static URI checked(String text) throws IOException {
        URI uri = URI.create(text);
        if (!"http".equals(uri.getScheme()) && !"https".equals(uri.getScheme())) {
            throw new IOException("scheme");
        }
        for (InetAddress address : InetAddress.getAllByName(uri.getHost())) {
            if (address.isLoopbackAddress() || address.isSiteLocalAddress() || address.isAnyLocalAddress()) {
                throw new IOException("internal address");
            }
        }
        return uri;
    }
}
