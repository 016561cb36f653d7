package reservoir;

import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/gates")
class GateController {
    private final Gates gates;

    GateController(Gates gates) {
        this.gates = gates;
    }

    @PostMapping("/{gate}")
    int move(@PathVariable int gate, @RequestParam int centimetres) {
        return gates.move(gate, Math.max(0, Math.min(300, centimetres)));
    }

    @PostMapping("/{gate}/stop")
    void stop(@PathVariable int gate) {
        gates.stop(gate);
    }
}
