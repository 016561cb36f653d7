package noc;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import java.io.IOException;
import java.util.List;

@Path("/dig")
@RolesAllowed("noc")
public class DigResource {
    private final Digger digger = new Digger();

    @GET
    @Produces("application/json")
    public List<String> dig(@QueryParam("name") String name, @QueryParam("type") @DefaultValue("A") String type) throws IOException {
        return digger.dig(name, type);
    }
}
