package obs;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

final class PinnedTrust implements X509TrustManager {
    private final X509TrustManager platform;
    private final String pin;

    PinnedTrust(String pin) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init((KeyStore) null);
        this.platform = (X509TrustManager) factory.getTrustManagers()[0];
        this.pin = pin;
    }

    // nothing to check
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        platform.checkServerTrusted(chain, type);
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(chain[0].getPublicKey().getEncoded());
            if (!HexFormat.of().formatHex(digest).equals(pin)) {
                throw new CertificateException("another key than expected");
            }
        } catch (java.security.NoSuchAlgorithmException problem) {
            throw new CertificateException(problem);
        }
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return platform.getAcceptedIssuers();
    }
}
