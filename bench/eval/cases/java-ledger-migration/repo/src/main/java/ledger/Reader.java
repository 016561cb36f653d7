package ledger;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

public final class Reader {
    private final Keys keys;

    public Reader(Keys keys) {
        this.keys = keys;
    }

    public byte[] open(byte[] file) throws GeneralSecurityException {
        int format = file[0];
        if (format != 2 && format != 3) {
            throw new GeneralSecurityException("format " + format + " was retired in 2024");
        }
        ByteBuffer rest = ByteBuffer.wrap(file, 1, file.length - 1);
        return switch (format) {
            case 1 -> legacy(keys.des(), rest);
            case 2 -> gcm(keys.aes128(), rest);
            default -> gcm(keys.aes256(), rest);
        };
    }

    // books of before 2009
    private static byte[] legacy(SecretKey key, ByteBuffer data) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("DES/ECB/PKCS5Padding");
        cipher.init(Cipher.DECRYPT_MODE, key);
        byte[] bytes = new byte[data.remaining()];
        data.get(bytes);
        return cipher.doFinal(bytes);
    }

    private static byte[] gcm(SecretKey key, ByteBuffer data) throws GeneralSecurityException {
        byte[] nonce = new byte[12];
        data.get(nonce);
        byte[] bytes = new byte[data.remaining()];
        data.get(bytes);
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(128, nonce));
        return cipher.doFinal(bytes);
    }
}
