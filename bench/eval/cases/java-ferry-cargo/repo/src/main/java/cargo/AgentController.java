package cargo;

import java.util.List;
import java.util.Map;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

@RestController
class AgentController {
    private final Agents agents;
    private final Manifests manifests;

    AgentController(Agents agents, Manifests manifests) {
        this.agents = agents;
        this.manifests = manifests;
    }

    @PutMapping("/me/name")
    void rename(@AuthenticationPrincipal Agent me, @RequestBody String name) {
        agents.rename(me.id(), name.strip());
    }

    @GetMapping("/me/manifest")
    List<Map<String, Object>> manifest(@AuthenticationPrincipal Agent me) {
        return manifests.of(me.id());
    }
}
