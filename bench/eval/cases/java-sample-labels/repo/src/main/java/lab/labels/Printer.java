package lab.labels;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

class Printer {
    private static final List<String> COMMAND = List.of("/usr/bin/labelprint", "--queue", "lab2", "--");

    // text comes from the clerk as it is; the printer cuts it
    String print(List<String> lines) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(COMMAND);
        command.addAll(lines);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("the printer does not answer");
        }
        return text;
    }
}
