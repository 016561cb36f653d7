package crane;

import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

@Path("/cranes/{crane}/moves")
public class MoveResource {
    private static final Logger LOG = LogManager.getLogger(MoveResource.class);
    // reasons are free text, drivers write what they like
    private final Yard yard = Yard.shared();

    @POST
    public Response move(@PathParam("crane") int crane, @FormParam("reason") String reason, @FormParam("bay") int bay) {
        if (!yard.free(bay)) {
            LOG.warn("crane {} refused for bay {}: {}", crane, bay, reason);
            return Response.status(409).build();
        }
        yard.move(crane, bay);
        LOG.info("crane {} moves to bay {}", crane, bay);
        return Response.noContent().build();
    }
}
