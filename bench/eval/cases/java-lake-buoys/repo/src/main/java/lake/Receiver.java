package lake;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;

public class Receiver {
    public static void main(String[] arguments) throws IOException {
        try (ServerSocket server = new ServerSocket(4600)) {
            while (true) {
                try (Socket buoy = server.accept(); CheckedInput input = new CheckedInput(buoy.getInputStream())) {
                    Readings.add((Reading) input.readObject());
                } catch (IOException | ClassNotFoundException | ClassCastException problem) {
                    System.err.println("dropped: " + problem.getMessage());
                }
            }
        }
    }
}
