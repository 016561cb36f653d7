package discount;

/** What a rule can look at. */
public record Basket(int articles, long cents, String canton, boolean firstOrder) {
    public int getArticles() {
        return articles;
    }

    public long getCents() {
        return cents;
    }
}
