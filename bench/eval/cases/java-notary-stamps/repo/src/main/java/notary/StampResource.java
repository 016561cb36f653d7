package notary;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.sql.SQLException;
import java.util.List;

@Path("/stamps")
public class StampResource {
    private final StampStore store = Stores.stamps();

    @GET
    public List<String> stamps(@QueryParam("holder") String holder) throws SQLException {
        return store.stampsOf(holder.strip());
    }
}
