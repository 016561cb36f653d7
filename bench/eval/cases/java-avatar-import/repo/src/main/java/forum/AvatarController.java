package forum;

import forum.net.Outside;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
class AvatarController {
    private final HttpClient client = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();

    @PostMapping("/me/avatar/preview")
    byte[] preview(@RequestParam String url) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(Outside.checked(url)).timeout(Duration.ofSeconds(5)).build();
        return client.send(request, HttpResponse.BodyHandlers.ofByteArray()).body();
    }
}
