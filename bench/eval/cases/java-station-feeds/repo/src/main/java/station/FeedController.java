package station;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.w3c.dom.Document;
import org.xml.sax.SAXException;
import station.xml.Builders;

@RestController
class FeedController {
    private final Departures departures;

    FeedController(Departures departures) {
        this.departures = departures;
    }

    @PostMapping("/feed")
    ResponseEntity<String> feed(@RequestBody byte[] body) throws IOException {
        try {
            Document document = Builders.next().parse(new ByteArrayInputStream(body));
            int count = departures.replace(document.getElementsByTagName("departure"));
            return ResponseEntity.ok("departures: " + count);
        } catch (SAXException problem) {
            return ResponseEntity.unprocessableEntity().body("not a feed");
        }
    }
}
