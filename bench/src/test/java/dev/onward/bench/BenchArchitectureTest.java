package dev.onward.bench;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import dev.onward.testing.PackageRules;

/** The dependencies between the packages of the benchmark. */
@AnalyzeClasses(packages = "dev.onward.bench", importOptions = DoNotIncludeTests.class)
class BenchArchitectureTest {

    @ArchTest
    static final ArchTests packages = ArchTests.in(PackageRules.class);
}
