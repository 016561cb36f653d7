package parcel;

import java.util.List;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
public class ParcelController {
    private final ParcelMapper parcels;

    public ParcelController(ParcelMapper parcels) {
        this.parcels = parcels;
    }

    @GetMapping("/parcels")
    public List<Parcel> search(
            @AuthenticationPrincipal Clerk clerk,
            @RequestParam(required = false) String text,
            @RequestParam(defaultValue = "arrived") String order) {
        return parcels.search(clerk.depot(), text, order);
    }
}
