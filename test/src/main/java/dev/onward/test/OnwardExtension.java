package dev.onward.test;

import dev.onward.Onward;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives each JUnit test its own {@link TestOnward}, as a parameter of the test, of its constructor or of
 * {@code @BeforeEach}, and closes it after the test. A parameter may also be a part of it: {@link Onward},
 * {@link TestClock} or {@link DataSource}. Needs JUnit 5.13 or later.
 *
 * <pre>{@code
 * @ExtendWith(OnwardExtension.class)
 * class SignUpTest {
 *     @Test
 *     void startsAnOnboarding(Onward onward, TestClock clock) {
 *         …
 *     }
 * }
 * }</pre>
 */
public final class OnwardExtension implements ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(OnwardExtension.class);
    private static final Set<Class<?>> TYPES =
            Set.of(TestOnward.class, Onward.class, TestClock.class, DataSource.class);

    /** JUnit creates it. */
    public OnwardExtension() {}

    @Override
    public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext rootContext) {
        return ExtensionContextScope.TEST_METHOD;
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return TYPES.contains(parameter.getParameter().getType());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        TestOnward test = testOf(context);
        Class<?> type = parameter.getParameter().getType();
        if (type == Onward.class) {
            return test.onward();
        } else if (type == TestClock.class) {
            return test.clock();
        } else if (type == DataSource.class) {
            return test.dataSource();
        }
        return test;
    }

    /** JUnit closes it with the store, after the test. */
    private static TestOnward testOf(ExtensionContext context) {
        Store store = context.getStore(NAMESPACE);
        TestOnward before = store.get(TestOnward.class, TestOnward.class);
        if (before != null) {
            return before;
        }
        TestOnward started = TestOnward.start();
        store.put(TestOnward.class, started);
        return started;
    }
}
