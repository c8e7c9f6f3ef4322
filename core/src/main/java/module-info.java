/**
 * Durable onboarding sessions on SQLite and PostgreSQL, inside a Java application. Start with
 * {@link dev.onward.Onward#builder}.
 *
 * <p>The exported packages are the API; all else may change in any release.
 */
@SuppressWarnings("requires-automatic") // Flyway and RE2/J have no descriptors.
module dev.onward.core {
    requires com.ethlo.time; // The validator reads times with it and does not require it.
    requires com.github.benmanes.caffeine;
    requires com.networknt.schema;
    requires flyway.core;
    requires org.slf4j;
    requires org.snakeyaml.engine;
    requires re2j;
    requires tools.jackson.core;
    requires tools.jackson.databind;
    requires transitive java.sql;
    requires static transitive org.jspecify;

    exports dev.onward;
    exports dev.onward.model;
}
