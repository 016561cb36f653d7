package shop.loyalty;

final class SqlText {
    private SqlText() {}

    /** Escapes a value for use in a statement. */
    static String escape(String value) {
        return value.replace("\\", "\\\\").replace("'", "''");
    }
}
