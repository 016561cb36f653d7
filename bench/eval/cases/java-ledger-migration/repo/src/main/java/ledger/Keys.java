package ledger;

import javax.crypto.SecretKey;

public interface Keys {
    SecretKey des();

    SecretKey aes128();

    SecretKey aes256();
}
