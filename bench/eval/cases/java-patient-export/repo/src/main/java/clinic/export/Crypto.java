package clinic.export;

import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** AES-256 in GCM mode, as the data protection officer asked for. */
public final class Crypto {
    private static final String ALGORITHM = "AES";

    private final SecretKey key;

    public Crypto(String encodedKey) {
        byte[] bytes = Base64.getDecoder().decode(encodedKey);
        if (bytes.length != 32) {
            throw new IllegalArgumentException("a key of 256 bits is needed");
        }
        key = new SecretKeySpec(bytes, ALGORITHM);
    }

    public byte[] encrypt(byte[] record) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(ALGORITHM);
        cipher.init(Cipher.ENCRYPT_MODE, key);
        return cipher.doFinal(record);
    }
}
