package sluice;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

final class Journals {
    private final Path folder;

    Journals(Path folder) throws IOException {
        this.folder = folder.toRealPath();
    }

    List<String> lines(String day) throws IOException {
        return Files.readAllLines(uncheckedFile(day));
    }

    // no checks here, callers have to know what they do
    private Path uncheckedFile(String name) throws IOException {
        Path file = folder.resolve(name).toRealPath();
        if (!file.startsWith(folder)) {
            throw new AccessDeniedException(name);
        }
        return file;
    }
}
