package org.archive.boxes;

import java.util.List;
import org.springframework.jdbc.core.DataClassRowMapper;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

record Box(String signature, int firstYear, int lastYear, double metres) {}

@Repository
class BoxRepository {
    private final JdbcTemplate jdbc;

    BoxRepository(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    List<Box> onShelf(String shelf, Order order) {
        String sql = "SELECT signature, first_year, last_year, metres FROM boxes WHERE shelf = ? ORDER BY " + order.columns();
        return jdbc.query(sql, new DataClassRowMapper<>(Box.class), shelf);
    }
}
