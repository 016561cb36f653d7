package tender;

import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;

final class Xml {
    private Xml() {}

    /** Switches off DOCTYPE and external entities. */
    static DocumentBuilderFactory hardened(DocumentBuilderFactory factory) throws ParserConfigurationException {
        DocumentBuilderFactory strict = DocumentBuilderFactory.newInstance();
        strict.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        strict.setFeature("http://xml.org/sax/features/external-general-entities", false);
        strict.setFeature("http://xml.org/sax/features/external-parameter-entities", false);
        strict.setXIncludeAware(false);
        factory.setNamespaceAware(true);
        return factory;
    }
}
