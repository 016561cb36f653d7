package station.xml;

import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;

public final class Builders {
    private static final DocumentBuilderFactory FACTORY = DocumentBuilderFactory.newInstance();

    static {
        try {
            FACTORY.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            FACTORY.setNamespaceAware(true);
        } catch (ParserConfigurationException problem) {
            throw new ExceptionInInitializerError(problem);
        }
    }

    // one factory for all, they are expensive
    private Builders() {}

    public static synchronized DocumentBuilder next() {
        try {
            return FACTORY.newDocumentBuilder();
        } catch (ParserConfigurationException problem) {
            throw new IllegalStateException(problem);
        }
    }
}
