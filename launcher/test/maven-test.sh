#!/usr/bin/env bash
# Follows the section "Embed it in Java" of README.md: writes the libraries to a folder, builds a new project with them,
# and runs it. Maven works offline with an empty repository of its own; other libraries come from the user's repository.
#
#   maven-test.sh JDK MVN [TALLY]    appends a line for each test to TALLY: where, outcome, suite, test, message
set -euo pipefail

jdk=$1
mvn=$2
tally=${3:-/dev/null}
root=$(cd -P "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
scratch=$(mktemp -d "${TMPDIR:-/tmp}/onward-maven.XXXXXX")
project=$scratch/project
export JAVA_HOME=$jdk
. "$root/launcher/test/testing.sh"

# Prints code block number $2 of the language $1 in README's section "Embed it in Java".
block() {
    awk -v language="$1" -v number="$2" '
        /^## / { inside = $0 == "## Embed it in Java" }
        /^```/ && within { within = 0; next }
        inside && $0 == "```" language { within = ++seen == number; next }
        within' "$root/README.md"
}

# Prints a plugin with its version in the parent pom.xml.
plugin() {
    local version
    version=$(grep -A 1 "<artifactId>$1</artifactId>" "$root/pom.xml" | sed -n 's:.*<version>\(.*\)</version>.*:\1:p' |
        head -n 1)
    echo "<plugin><artifactId>$1</artifactId><version>$version</version></plugin>"
}

# Copies the sources and their compiled classes, because other tests may be using the originals.
copy_sources() {
    local module
    mkdir -p "$scratch/onward/examples"
    cp -R "$root"/{onward,launcher,pom.xml,.mvn} "$scratch/onward"
    cp -R "$root/examples/flows" "$scratch/onward/examples"
    for module in bom core test web server bench; do
        mkdir -p "$scratch/onward/$module/target"
        cp "$root/$module/pom.xml" "$scratch/onward/$module"
    done
    for module in core test web; do
        mkdir -p "$scratch/onward/$module/src"
        cp -R "$root/$module/src/main" "$scratch/onward/$module/src"
        cp -R "$root/$module/target/classes" "$scratch/onward/$module/target"
    done
}

write_project() {
    mkdir -p "$project"/src/{main,test}/java
    block java 1 >"$project/src/main/java/Main.java"
    block java 3 >"$project/src/test/java/OnboardingTest.java"
    # Maven works offline, so it needs the versions of these plugins that this build has used.
    block xml 1 | awk -v plugins="$(plugin maven-resources-plugin)$(plugin maven-dependency-plugin)" \
        '/<\/plugins>/ { print plugins } { print }' >"$project/pom.xml"
    cat >"$scratch/settings.xml" <<-END
	<settings>
	  <localRepository>$scratch/m2</localRepository>
	  <profiles>
	    <profile>
	      <id>libraries</id>
	      <repositories><repository><id>user</id><url>file://$(repository_of_user)</url></repository></repositories>
	      <pluginRepositories>
	        <pluginRepository><id>user</id><url>file://$(repository_of_user)</url></pluginRepository>
	      </pluginRepositories>
	    </profile>
	  </profiles>
	  <activeProfiles><activeProfile>libraries</activeProfile></activeProfiles>
	</settings>
	END
}

# Prints the repository from which Maven took the libraries of this build.
repository_of_user() {
    local library
    library=$({ tr : '\n' <"$root/core/target/tests.classpath"; } 2>/dev/null | grep '/org/jspecify/' | head -n 1) || true
    if [[ -n $library ]]; then
        echo "${library%/org/jspecify/*}"
    else
        echo "$HOME/.m2/repository"
    fi
}

# ---- Tests, in order ------------------------------------------------------------------------------------------------

theLibrariesAreWrittenAsReadmeSays() {
    local command artifact file
    copy_sources
    command=$(block sh 1)
    [[ $command == "./onward package --maven ../maven" ]] || die "unexpected command: $command"
    (cd "$scratch/onward" && MAVEN_OPTS=-Dmaven.main.skip=true $command)
    for artifact in core test web; do
        for file in .jar -sources.jar -javadoc.jar .pom; do
            compgen -G "$scratch/maven/dev/onward/onward-$artifact/*/onward-$artifact-*[0-9]$file" >/dev/null ||
                die "onward-$artifact has no $file"
        done
    done
    [[ -z $(find "$scratch/maven" -name '*tests*') ]] || die "test classes were published"
    grep -q onward-parent -r "$scratch/maven" --include='*.pom' && die "a POM needs the parent" || true
}

everyFileHasItsChecksums() {
    local file
    find "$scratch/maven" -type f ! -name '*.sha1' ! -name '*.md5' >"$scratch/files"
    [[ -s $scratch/files ]] || die "no files"
    while IFS= read -r file; do
        [[ $(sha1sum <"$file" | cut -c 1-40) == "$(cut -c 1-40 "$file.sha1")" ]] || die "wrong SHA-1: $file"
        [[ -s $file.md5 ]] || die "no MD5: $file"
    done <"$scratch/files"
}

thePomsSayWhatCentralAsksFor() {
    local pom element
    while IFS= read -r pom; do
        for element in name description url license developer scm; do
            grep -q "<$element[ >]" "$pom" || die "no $element: $pom"
        done
    done < <(find "$scratch/maven" -name '*.pom')
}

aFreshProjectBuildsAndRunsTheExampleOfReadme() {
    local printed
    write_project
    (
        cd "$project"
        "$mvn" -B -q -o -Daether.offline.protocols=file -s "$scratch/settings.xml" \
            test-compile dependency:build-classpath -DincludeScope=runtime -Dmdep.outputFile="$scratch/class-path"
    ) >"$scratch/log" 2>&1 || die "$(grep -v Unsafe "$scratch/log" | head -n 20)"
    printed=$(cd "$project" && "$jdk/bin/java" --enable-native-access=ALL-UNNAMED \
        -cp "target/classes:$(<"$scratch/class-path")" Main 2>"$scratch/err") || die "$(cat "$scratch/err")"
    [[ $printed == "Welcome to kgents! Your journey begins." ]] || die "printed: $printed"
    [[ -s $project/onboarding.db ]] || die "no database"
}

theTestOfReadmePasses() {
    local printed
    (
        cd "$project"
        "$mvn" -B -q -o -Daether.offline.protocols=file -s "$scratch/settings.xml" \
            dependency:build-classpath -Dmdep.outputFile="$scratch/class-path"
    ) >"$scratch/log" 2>&1 || die "$(grep -v Unsafe "$scratch/log" | head -n 20)"
    printed=$(cd "$project" && "$jdk/bin/java" --enable-native-access=ALL-UNNAMED -Donward.tests.progress=true -cp \
        "target/test-classes:target/classes:$(<"$scratch/class-path"):$root/core/target/test-classes:$(<"$root/core/target/tests.classpath")" \
        dev.onward.testing.ModuleTests 1 0 1 2>&1) || die "$printed"
    [[ $printed == *"OnboardingTest on no database: 1 passed, 0 failed"* ]] || die "printed: $printed"
}

# ---- Run the tests --------------------------------------------------------------------------------------------------

trap 'rm -rf "$scratch"' EXIT
for test in theLibrariesAreWrittenAsReadmeSays everyFileHasItsChecksums thePomsSayWhatCentralAsksFor \
    aFreshProjectBuildsAndRunsTheExampleOfReadme theTestOfReadmePasses; do
    run_test MavenRepositoryTest "$test"
done
exit $failed
