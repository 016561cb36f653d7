package fleet;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

@SpringBootApplication
public class FleetApplication {
    public static void main(String[] arguments) {
        SpringApplication.run(FleetApplication.class, arguments);
    }
}
