package alarm;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;

@Path("/plants/{plant}/alarms/try")
public class AlarmResource {
    private final Plants plants = Plants.shared();

    @POST
    @RolesAllowed("operator")
    public String tryOut(@PathParam("plant") int plant, String condition) {
        boolean holds = new Condition(condition).holds(plants.values(plant));
        return holds ? "alarm" : "quiet";
    }
}
