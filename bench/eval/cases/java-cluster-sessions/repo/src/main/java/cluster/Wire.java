package cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;

/** Java serialisation between the nodes; to be replaced by JSON some day. */
final class Wire {
    private static final ObjectInputFilter KNOWN = ObjectInputFilter.Config.createFilter(
            "maxdepth=6;maxarray=200;maxbytes=65536;cluster.SessionState;cluster.Basket;cluster.Line;"
                    + "java.lang.String;java.lang.Long;java.lang.Integer;java.lang.Number;!*");

    private Wire() {}

    static SessionState read(InputStream stream) throws IOException, ClassNotFoundException {
        try (ObjectInputStream objects = new ObjectInputStream(stream)) {
            objects.setObjectInputFilter(KNOWN);
            return (SessionState) objects.readObject();
        }
    }
}
