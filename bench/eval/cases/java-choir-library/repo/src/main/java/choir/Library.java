package choir;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

public class Library {
    private final Path root;

    public Library(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    /** Copies a score; names that climb out of the library are refused. */
    public void copy(String name, OutputStream out) throws IOException {
        Path relative = Path.of(name).normalize();
        if (relative.startsWith("..")) {
            throw new IOException("outside of the library: " + name);
        }
        Files.copy(root.resolve(relative), out);
    }
}
