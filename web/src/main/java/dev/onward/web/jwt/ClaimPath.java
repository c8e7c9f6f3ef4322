package dev.onward.web.jwt;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The name of a claim, or the path to a nested one, such as {@code realm_access.roles}. A dot may also be part of a name,
 * as in {@code https://example.com/roles}.
 */
public record ClaimPath(String text) {
    public ClaimPath {
        if (text.isBlank()) {
            throw new IllegalArgumentException("a claim has a name");
        }
    }

    /** The value at this path, if any. */
    Optional<Object> in(Map<String, Object> claims) {
        return in(claims, text);
    }

    private static Optional<Object> in(Map<?, ?> claims, String path) {
        Object whole = claims.get(path);
        if (whole != null) {
            return Optional.of(whole);
        }
        for (int dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) {
            if (claims.get(path.substring(0, dot)) instanceof Map<?, ?> nested) {
                Optional<Object> found = in(nested, path.substring(dot + 1));
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    /** The text at this path, or the texts of a list. Other values are ignored. */
    List<String> texts(Map<String, Object> claims) {
        return in(claims).map(ClaimPath::texts).orElse(List.of());
    }

    private static List<String> texts(Object value) {
        return switch (value) {
            case String one -> List.of(one);
            case Collection<?> several ->
                several.stream()
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .toList();
            default -> List.of();
        };
    }

    @Override
    public String toString() {
        return text;
    }
}
