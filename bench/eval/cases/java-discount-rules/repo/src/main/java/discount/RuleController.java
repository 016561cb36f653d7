package discount;

import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

@RestController
class RuleController {
    private final Rules rules;

    RuleController(Rules rules) {
        this.rules = rules;
    }

    @PutMapping("/shop/rules/{name}")
    void put(@PathVariable String name, @RequestBody String text) {
        rules.define(name, text.substring(0, Math.min(200, text.length())));
    }
}
