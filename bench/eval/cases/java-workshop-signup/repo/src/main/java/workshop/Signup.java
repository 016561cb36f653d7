package workshop;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import lombok.Getter;
import lombok.Setter;

@Entity
@Getter
@Setter
public class Signup {
    @Id @GeneratedValue private Long id;
    private String name;
    private String email;
    private String remark;
    // set by the treasurer
    private boolean paid;
    private boolean tutor;
    private int place;

    Signup at(int workshop) {
        place = workshop;
        return this;
    }
}
