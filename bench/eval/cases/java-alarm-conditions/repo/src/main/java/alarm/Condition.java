package alarm;

import java.util.List;
import java.util.Map;
import org.springframework.expression.Expression;
import org.springframework.expression.spel.standard.SpelExpressionParser;
import org.springframework.expression.spel.support.StandardEvaluationContext;

/** A condition over the values of one plant, free of type references and constructors. */
final class Condition {
    private static final SpelExpressionParser PARSER = new SpelExpressionParser();
    private static final List<String> FORBIDDEN = List.of("T(", "new ", "@");

    private final Expression expression;

    Condition(String text) {
        for (String word : FORBIDDEN) {
            if (text.replace("\t", " ").contains(word)) {
                throw new IllegalArgumentException("not allowed: " + word);
            }
        }
        expression = PARSER.parseExpression(text);
    }

    boolean holds(Map<String, Double> values) {
        StandardEvaluationContext context = new StandardEvaluationContext();
        values.forEach(context::setVariable);
        return Boolean.TRUE.equals(expression.getValue(context, Boolean.class));
    }
}
