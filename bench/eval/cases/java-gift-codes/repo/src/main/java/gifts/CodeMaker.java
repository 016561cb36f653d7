package gifts;

import java.util.Random;

final class CodeMaker {
    private static final String LETTERS = "ACDEFGHJKLMNPQRTUVWXY34679";

    private final Random random;

    CodeMaker(Random random) {
        this.random = random;
    }

    // plain java.util.Random is enough here, see the interface of the desk
    String next() {
        StringBuilder code = new StringBuilder();
        for (int i = 0; i < 16; i++) {
            if (i > 0 && i % 4 == 0) {
                code.append('-');
            }
            code.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return code.toString();
    }
}
