package dev.onward.server;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import dev.onward.testing.PackageRules;
import java.util.stream.Stream;

/** The dependencies between the server's packages. */
@AnalyzeClasses(packages = "dev.onward.server", importOptions = DoNotIncludeTests.class)
class ServerArchitectureTest {
    private static final String ROOT = "dev.onward.server.";

    @ArchTest
    static final ArchRule configDependsOnNoOtherPackage = dependsOnlyOn("config");

    @ArchTest
    static final ArchRule opsDependsOnConfig = dependsOnlyOn("ops", "config");

    @ArchTest
    static final ArchRule storageDependsOnConfig = dependsOnlyOn("storage", "config");

    @ArchTest
    static final ArchRule cliDependsOnConfigAndStorage = dependsOnlyOn("cli", "config", "storage");

    @ArchTest
    static final ArchRule httpDependsOnOps = dependsOnlyOn("http", "ops");

    @ArchTest
    static final ArchTests packages = ArchTests.in(PackageRules.class);

    @ArchTest
    static final ArchRule theHttpAdapterUsesNoDatabase = noClasses()
            .that()
            .resideInAPackage("..http..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.onward.jdbc..", "javax.sql..", "com.zaxxer..", "org.postgresql..", "org.sqlite..");

    @ArchTest
    static final ArchRule onlyTheHttpAdapterUsesTheHttpLibrary = noClasses()
            .that()
            .resideOutsideOfPackage("dev.onward.server.http..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.netty..");

    /** Of the server's packages, a package and its subpackages use themselves and the named ones only. */
    private static ArchRule dependsOnlyOn(String name, String... others) {
        String[] allowed = Stream.concat(Stream.of(name), Stream.of(others))
                .map(other -> ROOT + other + "..")
                .toArray(String[]::new);
        return noClasses()
                .that()
                .resideInAPackage(ROOT + name + "..")
                .should()
                .dependOnClassesThat(resideInAPackage("dev.onward.server..").and(not(resideInAnyPackage(allowed))));
    }
}
