package dev.onward.testing;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/** The rules for the packages of every module. A module's architecture test includes them. */
public final class PackageRules {
    private static final int MAX_FILES = 25;

    @ArchTest
    static final ArchRule packagesAreFreeOfCycles =
            slices().matching("dev.onward.(**)").should().beFreeOfCycles();

    private PackageRules() {}

    /** Apart from packages of generated code. */
    @ArchTest
    static void everyPackageIsNullMarked(JavaClasses classes) {
        Set<String> unchecked = classes.stream()
                .map(JavaClass::getPackage)
                .filter(somePackage -> !somePackage.getName().endsWith("_generated"))
                .filter(somePackage -> !somePackage.isAnnotatedWith(NullMarked.class))
                .map(JavaPackage::getName)
                .collect(Collectors.toSet());
        assertThat(unchecked).as("packages without @NullMarked").isEmpty();
    }

    /** Of the module in whose folder the tests run, tests included. */
    @ArchTest
    static void noPackageHasMoreThanTwentyFiveFiles(JavaClasses classes) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src"))) {
            Map<Path, Long> sizes = files.filter(file -> file.toString().endsWith(".java"))
                    .collect(Collectors.groupingBy(Path::getParent, Collectors.counting()));
            assertThat(sizes)
                    .isNotEmpty()
                    .allSatisfy((folder, size) ->
                            assertThat(size).as(folder.toString()).isLessThanOrEqualTo(MAX_FILES));
        }
    }
}
