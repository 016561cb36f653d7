package hotel;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

@WebServlet("/checkin")
public class CheckinServlet extends HttpServlet {
    private final transient Bookings bookings = new Bookings();

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String booking = request.getParameter("booking");
        if (!bookings.exists(booking, request.getParameter("name"))) {
            response.sendError(403);
            return;
        }
        request.changeSessionId();
        request.getSession().setAttribute("booking", booking);
        String target = Targets.local(request.getParameter("to"));
        response.setStatus(303);
        response.setHeader("Location", target);
    }
}
