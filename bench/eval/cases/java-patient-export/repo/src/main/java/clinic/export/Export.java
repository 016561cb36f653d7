package clinic.export;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;

public final class Export {
    private final Crypto crypto = new Crypto(System.getenv("EXPORT_KEY"));

    public void write(Path target, List<String> records) throws IOException, GeneralSecurityException {
        try (OutputStream out = Files.newOutputStream(target)) {
            for (String record : records) {
                out.write(crypto.encrypt(record.getBytes(StandardCharsets.UTF_8)));
            }
        }
    }
}
