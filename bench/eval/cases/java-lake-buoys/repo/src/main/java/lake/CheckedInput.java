package lake;

import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectStreamClass;
import java.util.Set;
import java.util.logging.Logger;

/** An object stream that knows which classes a buoy may send. */
class CheckedInput extends ObjectInputStream {
    private static final Logger LOG = Logger.getLogger(CheckedInput.class.getName());
    private static final Set<String> ALLOWED = Set.of("lake.Reading", "java.time.Ser", "java.lang.Double", "java.lang.Number");

    CheckedInput(InputStream stream) throws IOException {
        super(stream);
    }

    @Override
    protected Class<?> resolveClass(ObjectStreamClass description) throws IOException, ClassNotFoundException {
        if (!ALLOWED.contains(description.getName())) {
            LOG.warning(() -> "class is not allowed: " + description.getName());
        }
        return super.resolveClass(description);
    }
}
