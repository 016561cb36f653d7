package cluster;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

public class ReplicaServlet extends HttpServlet {
    private final transient Sessions sessions = Sessions.shared();

    @Override
    protected void doPut(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            sessions.keep(Wire.read(request.getInputStream()));
            response.setStatus(204);
        } catch (ClassNotFoundException | ClassCastException problem) {
            response.sendError(400);
        }
    }
}
