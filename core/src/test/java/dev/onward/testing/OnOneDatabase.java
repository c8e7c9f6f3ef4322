package dev.onward.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs a test class that does not depend on the database on SQLite, and with {@code -Donward.long=true} on each: for
 * tests of words, routes, headers, bodies, cookies, pages and files. A test of SQL, locks, times, batches or cleanup is
 * {@link OnEachDatabase}.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedClass(name = "{0}")
@MethodSource("dev.onward.testing.DatabaseKind#one")
public @interface OnOneDatabase {}
