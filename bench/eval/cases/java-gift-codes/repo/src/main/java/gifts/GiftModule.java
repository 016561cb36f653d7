package gifts;

import java.security.SecureRandom;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration
class GiftModule {
    @Bean
    CodeMaker codes() {
        return new CodeMaker(new SecureRandom());
    }

    @Bean
    GiftDesk desk(CodeMaker codes) {
        return new GiftDesk(codes);
    }
}
