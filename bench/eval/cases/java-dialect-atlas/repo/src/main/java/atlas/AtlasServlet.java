package atlas;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;

@WebServlet("/atlas")
public class AtlasServlet extends HttpServlet {
    private static final Map<String, String> PLACES = Map.of("Anke", "Bern", "Ziger", "Glarus");

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String word = request.getParameter("word");
        if (word == null) {
            word = "";
        }
        String page = Page.entry(word, PLACES.getOrDefault(word, "unknown"));
        response.setContentType("text/html;charset=utf-8");
        response.getWriter().write(page);
    }
}
