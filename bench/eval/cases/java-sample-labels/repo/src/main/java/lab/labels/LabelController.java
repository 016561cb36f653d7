package lab.labels;

import java.io.IOException;
import java.util.List;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
class LabelController {
    private final Printer printer = new Printer();

    @PostMapping("/labels")
    @PreAuthorize("hasRole('LAB')")
    String label(@RequestParam String sample, @RequestParam String text) throws IOException, InterruptedException {
        return printer.print(List.of(sample.strip(), text.strip()));
    }
}
