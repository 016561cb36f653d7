package tax;

import java.util.regex.Pattern;

public record VatNumber(String value) {
    private static final Pattern FORM = Pattern.compile("[A-Z]{2}[0-9]{8,12}");

    public VatNumber {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("not a VAT number");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
