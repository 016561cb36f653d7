package sluice;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.io.IOException;
import java.util.List;

@Path("/journal")
public class JournalResource {
    private final Journals journals;

    public JournalResource(Journals journals) {
        this.journals = journals;
    }

    @GET
    @RolesAllowed("keeper")
    public List<String> day(@QueryParam("day") String day) {
        try {
            return journals.lines(day);
        } catch (IOException problem) {
            throw new NotFoundException();
        }
    }
}
