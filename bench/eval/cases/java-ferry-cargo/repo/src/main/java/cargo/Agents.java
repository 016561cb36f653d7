package cargo;

import java.util.Map;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.stereotype.Repository;

@Repository
class Agents {
    private final NamedParameterJdbcTemplate jdbc;

    Agents(NamedParameterJdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    void rename(int id, String name) {
        jdbc.update("UPDATE agents SET name = :name WHERE id = :id", Map.of("name", name, "id", id));
    }

    String name(int id) {
        return jdbc.queryForObject("SELECT name FROM agents WHERE id = :id", Map.of("id", id), String.class);
    }
}
