package choir;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Path;

@WebServlet("/members/score")
public class ScoreServlet extends HttpServlet {
    private final transient Library library = new Library(Path.of("/srv/choir/library"));

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (request.getUserPrincipal() == null) {
            response.sendError(401);
            return;
        }
        String file = request.getParameter("file");
        response.setContentType("application/pdf");
        library.copy(file, response.getOutputStream());
    }
}
