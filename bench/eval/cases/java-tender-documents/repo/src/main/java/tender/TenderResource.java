package tender;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.WebApplicationException;
import java.io.InputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;

@Path("/tenders")
public class TenderResource {
    @POST
    @RolesAllowed("bidder")
    @Consumes("application/xml")
    public String submit(InputStream body) {
        try {
            DocumentBuilderFactory factory = Xml.hardened(DocumentBuilderFactory.newInstance());
            Document document = factory.newDocumentBuilder().parse(body);
            String title = document.getElementsByTagName("title").item(0).getTextContent();
            return "received: " + title;
        } catch (Exception problem) {
            throw new WebApplicationException("not a tender", 422);
        }
    }
}
