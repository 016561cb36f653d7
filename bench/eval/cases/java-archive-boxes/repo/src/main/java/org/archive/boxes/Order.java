package org.archive.boxes;

/** How a list of boxes can be ordered. */
public enum Order {
    SIGNATURE("signature"),
    YEAR("first_year, last_year"),
    SIZE("metres DESC");

    private final String columns;

    Order(String columns) {
        this.columns = columns;
    }

    String columns() {
        return columns;
    }
}
