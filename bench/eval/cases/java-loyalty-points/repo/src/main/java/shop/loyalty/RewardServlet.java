package shop.loyalty;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;

public class RewardServlet extends HttpServlet {
    private final transient DataSource source;

    public RewardServlet(DataSource source) {
        this.source = source;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String tier = request.getParameter("tier");
        String query = "SELECT name, picture FROM rewards WHERE active = ? AND min_tier <= " + SqlText.escape(tier == null ? "0" : tier);
        response.setContentType("text/plain;charset=utf-8");
        try (Connection connection = source.getConnection();
                PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setBoolean(1, true);
            try (ResultSet rows = statement.executeQuery()) {
                PrintWriter out = response.getWriter();
                while (rows.next()) {
                    out.println(rows.getString(1) + ";" + rows.getString(2));
                }
            }
        } catch (SQLException problem) {
            log("rewards", problem);
            response.sendError(500);
        }
    }
}
