package ratings;

import java.io.IOException;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
class RatingController {
    @Value("${ratings.program}")
    private String program;

    @PostMapping("/ratings")
    String compute(@RequestParam RatingSystem system, @RequestParam int year) throws IOException {
        List<String> command = List.of("/bin/sh", "-c", program + " " + system.option + " --year " + year + " 2>&1");
        Process process = new ProcessBuilder(command).start();
        return new String(process.getInputStream().readAllBytes());
    }
}
