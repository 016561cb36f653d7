package poll;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;

@WebServlet("/poll")
public class PollServlet extends HttpServlet {
    private static final List<String> OPTIONS = List.of("Monday", "Tuesday", "Thursday");

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String name = request.getParameter("name");
        response.setContentType("text/html;charset=utf-8");
        PrintWriter out = response.getWriter();
        out.println("<!doctype html><script src=\"/poll.js\"></script>");
        out.println(Buttons.heading(name));
        for (int i = 0; i < OPTIONS.size(); i++) {
            String button = Buttons.vote(name, i, OPTIONS.get(i));
            out.println(button);
        }
    }
}
