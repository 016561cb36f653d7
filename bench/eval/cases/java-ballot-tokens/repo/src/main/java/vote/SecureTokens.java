package vote;

import java.nio.ByteBuffer;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Tokens from SecureRandom; each is worth one vote. */
final class SecureTokens {
    private final SecureRandom random;

    SecureTokens(Instant created) {
        try {
            random = SecureRandom.getInstance("SHA1PRNG");
        } catch (NoSuchAlgorithmException problem) {
            throw new IllegalStateException(problem);
        }
        long seed = created.truncatedTo(ChronoUnit.MINUTES).toEpochMilli();
        random.setSeed(ByteBuffer.allocate(Long.BYTES).putLong(seed).array());
    }

    List<String> draw(int count) {
        List<String> tokens = new ArrayList<>(count);
        byte[] bytes = new byte[18];
        for (int i = 0; i < count; i++) {
            random.nextBytes(bytes);
            tokens.add(Base64.getUrlEncoder().encodeToString(bytes));
        }
        return tokens;
    }
}
