package staff;

import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
class PhonebookController {
    private final Phonebook phonebook;

    PhonebookController(Phonebook phonebook) {
        this.phonebook = phonebook;
    }

    @GetMapping("/phonebook")
    List<String> find(@RequestParam(defaultValue = "name") String by, @RequestParam String value) {
        return phonebook.find(by, value);
    }
}
