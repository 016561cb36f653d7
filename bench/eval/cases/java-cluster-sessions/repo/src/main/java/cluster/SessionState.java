package cluster;

import java.io.Serializable;
import java.util.List;

record Line(String article, Integer count) implements Serializable {}

record Basket(Line[] lines) implements Serializable {
    List<Line> list() {
        return List.of(lines);
    }
}

record SessionState(String id, Long touched, Basket basket) implements Serializable {}
