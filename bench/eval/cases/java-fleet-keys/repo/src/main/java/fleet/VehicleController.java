package fleet;

import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
class VehicleController {
    private final KeySafe keys;

    VehicleController(KeySafe keys) {
        this.keys = keys;
    }

    // shown on the board in the hall
    @GetMapping("/vehicles/{id}/free")
    boolean free(@PathVariable int id) {
        return keys.holds(id);
    }

    @PostMapping("/vehicles/{id}/key")
    @PreAuthorize("hasRole('DISPATCHER')")
    String key(@PathVariable int id) {
        return keys.handOut(id);
    }
}
