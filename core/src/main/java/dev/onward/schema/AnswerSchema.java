package dev.onward.schema;

import com.networknt.schema.Schema;
import com.networknt.schema.ValidationLimitExceededException;
import dev.onward.json.Json;
import dev.onward.model.OnboardingException.Violation;
import dev.onward.schema.validator.Validators;
import dev.onward.schema.violation.Violations;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A JSON Schema 2020-12 for answers. Immutable and thread-safe; compiled on first use. <p>Formats are asserted.
 * Patterns run in linear time. Nothing is ever fetched.
 */
public final class AnswerSchema {
    private final Map<String, @Nullable Object> definition;
    private volatile Optional<String> json = Optional.empty();
    private volatile Optional<Schema> compiled = Optional.empty();

    private AnswerSchema(Map<String, @Nullable Object> definition) {
        this.definition = definition;
    }

    /**
     * A schema from plain maps, lists and values. {@link dev.onward.schema.review.SchemaReview} decides whether it may
     * be published.
     */
    public static AnswerSchema of(Map<String, @Nullable Object> definition) {
        return new AnswerSchema(definition);
    }

    /** The definition as plain maps, lists and values. */
    public Map<String, @Nullable Object> definition() {
        return definition;
    }

    /** The definition as JSON, written on first use. */
    public String json() {
        String written = json.orElseGet(() -> Json.write(definition));
        json = Optional.of(written);
        return written;
    }

    /**
     * The violations of an answer, one entry for each place, for at most 100 places; empty if it is valid. An answer
     * that takes too long to validate is invalid.
     *
     * @param answer a plain value
     */
    public List<Violation> violations(Object answer) {
        try {
            return Violations.of(Validators.errors(compiled(), answer));
        } catch (ValidationLimitExceededException e) {
            return List.of(new Violation("", "is too large to validate: shorten it"));
        }
    }

    /** @param answer a plain value */
    public boolean isMetBy(Object answer) {
        return violations(answer).isEmpty();
    }

    private Schema compiled() {
        Schema ready = compiled.orElseGet(() -> Validators.compile(definition));
        compiled = Optional.of(ready);
        return ready;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AnswerSchema schema && schema.definition.equals(definition);
    }

    @Override
    public int hashCode() {
        return definition.hashCode();
    }

    @Override
    public String toString() {
        return definition.toString();
    }
}
