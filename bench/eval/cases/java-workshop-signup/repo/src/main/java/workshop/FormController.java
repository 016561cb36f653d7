package workshop;

import org.springframework.web.bind.WebDataBinder;
import org.springframework.web.bind.annotation.InitBinder;

abstract class FormController {
    @InitBinder
    void fields(WebDataBinder binder) {
        binder.setAllowedFields("name", "email", "remark");
    }
}
