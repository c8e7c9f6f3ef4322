package dev.onward.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;

/** Who may know whom in the server. */
@AnalyzeClasses(packages = "dev.onward.server", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule packagesAreFreeOfCycles =
            slices().matching("dev.onward.server.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule theHttpAdapterKnowsNoDatabase = noClasses()
            .that()
            .resideInAPackage("..http..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.onward.jdbc..", "javax.sql..", "com.zaxxer..", "org.postgresql..", "org.sqlite..");

    @ArchTest
    static final ArchRule onlyTheHttpAdapterKnowsTheHttpLibrary = noClasses()
            .that()
            .resideOutsideOfPackage("dev.onward.server.http..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.helidon..");

    @ArchTest
    static void everyPackageIsCheckedForNulls(JavaClasses classes) {
        Set<String> unchecked = classes.stream()
                .map(JavaClass::getPackage)
                .filter(somePackage -> !somePackage.isAnnotatedWith(NullMarked.class))
                .map(JavaPackage::getName)
                .collect(Collectors.toSet());
        assertThat(unchecked).as("packages without @NullMarked").isEmpty();
    }
}
