package pump;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.HttpsURLConnection;

public final class Telemetry {
    private final String token;

    public Telemetry(String token) {
        this.token = token;
    }

    public int send(String json) throws IOException {
        URI uri = URI.create("https://" + Hosts.EXPECTED + "/v1/readings");
        HttpsURLConnection connection = (HttpsURLConnection) uri.toURL().openConnection();
        connection.setHostnameVerifier(Hosts.ONLY_OURS);
        connection.setRequestMethod("POST");
        connection.setRequestProperty("Authorization", "Bearer " + token);
        connection.setDoOutput(true);
        try (OutputStream out = connection.getOutputStream()) {
            out.write(json.getBytes(StandardCharsets.UTF_8));
        }
        return connection.getResponseCode();
    }
}
