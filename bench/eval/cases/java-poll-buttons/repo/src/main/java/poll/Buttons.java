package poll;

import org.owasp.encoder.Encode;

final class Buttons {
    private Buttons() {}

    static String heading(String name) {
        return "<h1>Hello " + Encode.forHtml(name) + "</h1>";
    }

    // everything is encoded here, callers need not care
    static String vote(String name, int option, String text) {
        return "<button onclick=\"vote(" + option + ", '" + Encode.forHtml(name) + "')\">" + Encode.forHtml(text) + "</button>";
    }
}
