package dev.onward.jdbc.transaction;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Recognises Spring's data source that joins its callers' transactions, without a dependency on Spring. */
final class JoiningDataSources {
    private static final String JOINING = "org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy";

    private JoiningDataSources() {}

    /** Whether a data source joins transactions, or wraps one that does. */
    static boolean joins(DataSource dataSource) {
        Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Optional<?> current = Optional.of(dataSource);
        while (current.isPresent() && seen.add(current.get())) {
            if (isJoining(current.get().getClass())) {
                return true;
            }
            current = target(current.get());
        }
        return false;
    }

    private static boolean isJoining(Class<?> type) {
        for (@Nullable Class<?> above = type; above != null; above = above.getSuperclass()) {
            if (above.getName().equals(JOINING)) {
                return true;
            }
        }
        return false;
    }

    private static Optional<?> target(Object wrapper) {
        try {
            return Optional.ofNullable(
                    wrapper.getClass().getMethod("getTargetDataSource").invoke(wrapper));
        } catch (ReflectiveOperationException e) {
            return Optional.empty();
        }
    }
}
