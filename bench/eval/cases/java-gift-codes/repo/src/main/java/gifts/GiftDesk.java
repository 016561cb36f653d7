package gifts;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

class GiftDesk {
    private final Map<String, Integer> cents = new ConcurrentHashMap<>();
    private final CodeMaker codes;

    GiftDesk(CodeMaker codes) {
        this.codes = codes;
    }

    String sell(int amount) {
        String code = codes.next();
        cents.put(code, amount);
        return code;
    }
}
