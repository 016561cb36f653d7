package maps;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
class SheetController {
    private final Sheets sheets = new Sheets();

    @GetMapping("/sheet")
    ResponseEntity<byte[]> sheet(@RequestParam String scale, @RequestParam String name) throws IOException {
        try {
            byte[] data = sheets.read(scale, name);
            return ResponseEntity.ok().contentType(MediaType.valueOf("image/tiff")).body(data);
        } catch (NoSuchFileException | InvalidPathException problem) {
            return ResponseEntity.notFound().build();
        }
    }
}
