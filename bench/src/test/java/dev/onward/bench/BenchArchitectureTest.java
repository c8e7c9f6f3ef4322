package dev.onward.bench;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The dependencies between the packages of the benchmark. */
@AnalyzeClasses(packages = "dev.onward.bench", importOptions = DoNotIncludeTests.class)
class BenchArchitectureTest {
    private static final int MAX_FILES = 25;

    @ArchTest
    static final ArchRule packagesAreFreeOfCycles =
            slices().matching("dev.onward.(**)").should().beFreeOfCycles();

    @Test
    void noPackageHasMoreThanTwentyFiveFiles() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            Map<Path, Long> sizes = files.filter(file -> file.toString().endsWith(".java"))
                    .collect(Collectors.groupingBy(Path::getParent, Collectors.counting()));
            assertThat(sizes)
                    .isNotEmpty()
                    .allSatisfy((folder, size) ->
                            assertThat(size).as(folder.toString()).isLessThanOrEqualTo(MAX_FILES));
        }
    }
}
