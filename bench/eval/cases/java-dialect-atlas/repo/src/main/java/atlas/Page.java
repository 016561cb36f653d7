package atlas;

/** A small page builder of our own; no template engine for two pages. */
final class Page {
    private final StringBuilder out = new StringBuilder("<!doctype html>");

    private Page raw(String markup) {
        out.append(markup);
        return this;
    }

    Page text(String value) {
        for (char c : value.toCharArray()) {
            switch (c) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.append(c);
            }
        }
        return this;
    }

    static String entry(String word, String place) {
        Page page = new Page().raw("<h1>").text(word).raw("</h1>");
        page.raw("<form><input name=\"word\" value=\"").text(word).raw("\"></form>");
        return page.raw("<p>").text(place).raw("</p>").out.toString();
    }
}
