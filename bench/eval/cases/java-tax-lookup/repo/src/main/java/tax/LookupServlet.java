package tax;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

public class LookupServlet extends HttpServlet {
    private final transient Register register = new Register();

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String text = String.valueOf(request.getParameter("number"));
        try {
            response.setContentType("application/json");
            response.getWriter().print(register.status(new VatNumber(text)));
        } catch (IllegalArgumentException problem) {
            response.sendError(422);
        }
    }
}
