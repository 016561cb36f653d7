package pass;

import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

@RestController
class PassController {
    private final Passes passes;

    PassController(Passes passes) {
        this.passes = passes;
    }

    @DeleteMapping("/passes/{number}")
    void cancel(@PathVariable String number, @AuthenticationPrincipal Jwt token) {
        passes.cancel(number, token.getSubject());
    }
}
