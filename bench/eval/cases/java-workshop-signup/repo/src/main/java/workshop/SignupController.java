package workshop;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

@Controller
class SignupController extends FormController {
    private final SignupRepository signups;

    SignupController(SignupRepository signups) {
        this.signups = signups;
    }

    @PostMapping("/workshops/{workshop}/signups")
    String add(@PathVariable int workshop, @ModelAttribute("signup") Signup signup) {
        signups.save(signup.at(workshop));
        return "redirect:/workshops/" + workshop;
    }
}
