package discount;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.expression.EvaluationContext;
import org.springframework.expression.Expression;
import org.springframework.expression.spel.standard.SpelExpressionParser;
import org.springframework.expression.spel.support.SimpleEvaluationContext;

public class Rules {
    private static final SpelExpressionParser PARSER = new SpelExpressionParser();
    private static final EvaluationContext CONTEXT = SimpleEvaluationContext.forReadOnlyDataBinding().build();

    private final Map<String, Expression> rules = new ConcurrentHashMap<>();

    public void define(String name, String text) {
        rules.put(name, PARSER.parseExpression(text));
    }

    public boolean applies(String name, Basket basket) {
        Expression rule = rules.get(name);
        return rule != null && Boolean.TRUE.equals(rule.getValue(CONTEXT, basket, Boolean.class));
    }
}
