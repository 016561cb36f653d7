package obs;

import java.net.http.HttpClient;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

final class Link {
    static HttpClient client(String pin) throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new PinnedTrust(pin)}, null);
        return HttpClient.newBuilder().sslContext(context).build();
    }
}
