package cargo;

import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Service;

@Service
class Manifests {
    private final JdbcTemplate jdbc;
    private final Agents agents;

    Manifests(JdbcTemplate jdbc, Agents agents) {
        this.jdbc = jdbc;
        this.agents = agents;
    }

    List<Map<String, Object>> of(int agent) {
        String name = agents.name(agent); // from our own table
        return jdbc.queryForList("SELECT container, goods FROM cargo WHERE agent_name = '" + name + "'");
    }
}
