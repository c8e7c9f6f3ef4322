# Runs everything that CI runs, and reports how many tests ran on which database.

# Prints the path of Chromium. The headless shell has no user interface, and needs a quarter of the CPU time.
find_chromium() {
    local name
    for name in chromium-headless-shell chromium chromium-browser google-chrome google-chrome-stable; do
        command -v "$name" && return
    done
    for name in "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" \
        /Applications/Chromium.app/Contents/MacOS/Chromium; do
        [[ -x $name ]] && echo "$name" && return
    done
    return 0
}

test_usage() {
    say "Usage: ./onward test [--long] [--only NAME,…] [--postgres 15|16|17|18]"
    say "  --long        also runs the long tests, part by part; a part that passed is not run again on the same sources"
    say "  --only NAMES  runs only these test classes, separated by commas"
    say "  --postgres N  tests on this PostgreSQL release (default: 18)"
}

run_tests() {
    local modules_under_test mvn chromium passed=$root/target/passed log=$root/target/onward-test.log status=0 started=$SECONDS long= only= postgres=18
    local profiles=() options=()
    while (($#)); do
        case $1 in
            --long) long=1 options+=(-Donward.long=true) ;;
            --only | --only=*)
                only=${1#--only=}
                [[ $1 == *=* ]] || { only=${2:-}; shift; }
                [[ -n $only ]] || { test_usage; exit 2; }
                options+=("-Dtest=$only")
                ;;
            --postgres | --postgres=*)
                local release=${1#--postgres=}
                [[ $1 == *=* ]] || { release=${2:-}; shift; }
                case $release in
                    15 | 16 | 17) profiles+=("postgres-$release") postgres=$release ;;
                    18) ;;
                    *) test_usage; exit 2 ;;
                esac
                ;;
            -h | --help) test_usage; exit 0 ;;
            *) say "Unknown option: $1"; test_usage; exit 2 ;;
        esac
        shift
    done

    [[ -z $only ]] || modules_under_test=$(modules_with "$only") || exit 2
    exec 2>&1 # one stream, so that the summary is always the last line
    chromium=$(find_chromium)
    if [[ -n $chromium ]]; then
        profiles+=(browser)
        options+=("-Donward.chromium=$chromium")
    elif [[ ${CI:-} == true ]]; then
        die "No Chromium on the PATH: the browser tests cannot run, and CI requires them (apt-get install chromium-headless-shell, or chromium)."
    fi
    if ((${#profiles[@]})); then
        options+=("-P$(IFS=,; echo "${profiles[*]}")")
    fi

    mvn=$(find_maven "$jdk")
    take_lock
    begin_build
    rm -rf "$root"/*/target/{surefire-reports,tests.log}
    [[ -n $long ]] || rm -rf "$root"{,/*}/target/tests-run "$passed"
    say "Testing Onward with $jdk. Full log: $log"
    set +e
    if [[ -n $only ]]; then
        test_by_maven test -pl "$modules_under_test" -am
        abandon_build
    elif [[ -n $long ]]; then
        test_part_by_part
    else
        test_side_by_side
    fi
    set -e
    say "Took $((SECONDS - started)) s."
    if [[ -z $chromium ]]; then
        say "The browser tests were skipped: no Chromium on the PATH (Debian, Ubuntu: sudo apt-get install chromium-headless-shell, or chromium)."
    fi
    report "$status" "$log"
}

# Prints the modules that contain these test classes. Each name may be a pattern, and may end in #method.
modules_with() {
    local name file files found=()
    for name in ${1//,/ }; do
        files=$(cd "$root" && find ./*/src/test/java -name "${name%%#*}.java")
        [[ -n $files ]] || die "No test class is called ${name%%#*}."
        for file in $files; do
            file=${file#./}
            found+=("${file%%/*}")
        done
    done
    (IFS=,; echo "${found[*]}")
}

# Compiles and tests one module after the other. Sets status.
test_by_maven() {
    maven "$@" -Dmaven.compiler.failOnWarning=true -Donward.tests.progress=true ${options[@]+"${options[@]}"} 2>&1 |
        tee "$log" | grep --line-buffered -E '^\[INFO\] Building Onward [a-z]|^tests: ' | show_progress
    status=${PIPESTATUS[0]}
}

# Compiles everything, then tests one part after the other, because parallel tests would distort measurements. Records
# each part that passed with a checksum of the sources, so that the next run continues where this one stops. Sets
# status.
test_part_by_part() {
    local part sources
    sources=$(checksum_of_sources)-$postgres
    compile_all
    if ((status != 0)); then
        abandon_build
        return
    fi
    end_build
    mkdir -p "$passed"
    for part in $(modules) packages maven boot clients; do
        if [[ $part == browser-tests && -z $chromium ]]; then
            continue
        elif [[ -e $passed/$part && $(<"$passed/$part") == "$sources" ]]; then
            say "Onward $part: already passed on these sources. To run it again, run ./onward test without --long first."
            continue
        fi
        rm -rf "$passed/$part" "$root/$part/target/tests-run"
        if test_part "$part"; then
            echo "$sources" >"$passed/$part"
        else
            status=1
        fi
    done
}

test_part() {
    case $1 in
        packages) test_packages && none_failed packages rebuild ;;
        maven) test_maven_repository && none_failed maven ;;
        boot) test_with_boot_versions ;;
        clients) test_clients && none_failed clients ;;
        *) [[ ! -d $root/$1/src/test/java ]] || test_module "$1" 1 0 1 ;;
    esac
}

none_failed() {
    local tally
    for tally in "$@"; do
        ! grep -q $'\tFAILED\t' "$root/target/tests-run/$tally.tsv" || return 1
    done
}

checksum_of_sources() {
    (cd "$root" && find . \( -name target -o -name .git \) -prune -o -type f -print | LC_ALL=C sort | tr '\n' '\0' |
        xargs -0 cksum | cksum | tr ' ' -)
}

# Maven compiles and checks the modules. The tests of a module start as soon as it is compiled, which keeps two
# processors busy. Sets status.
test_side_by_side() {
    local lane part
    lanes=()
    rm -f "$root"/target/compiled "$root"/*/target/{tests,packed}.classpath
    trap 'end_lanes; release_lock' EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM
    set -m # own process groups: background processes of a script ignore SIGINT, which tests send
    test_modules core test web server bench </dev/null &
    lanes+=($!)
    (await server packed && test_maven_repository && test_with_boot_versions \
        dev.onward.{OnwardTest,schema.{Formats,HostileAnswers,Numbers,Violations},flow.,jdbc.migration.MigrationsTest}) \
        </dev/null >"$root/target/onward-maven.log" 2>&1 &
    lanes+=($!)
    (await server packed && end_build && test_packages) </dev/null >"$root/target/onward-packages.log" 2>&1 &
    lanes+=($!)
    if [[ -n $chromium ]]; then
        for part in 0 1; do
            (await browser-tests tests && test_module browser-tests 1 "$part" 2) </dev/null &
            lanes+=($!)
        done
    fi
    set +m
    compile_all
    touch "$root/target/compiled"
    for lane in "${lanes[@]}"; do
        wait "$lane" || status=1
    done
    lanes=()
    cat "$root"/target/onward-{maven,packages}.log
}

# Compiles, checks and packs all modules. Sets status.
compile_all() {
    maven verify dependency:build-classpath -DskipTests -Dmdep.outputFile=target/packed.classpath \
        -Dmaven.compiler.failOnWarning=true ${options[@]+"${options[@]}"} 2>&1 |
        tee "$log" | grep --line-buffered '^\[INFO\] Building Onward [a-z]' | show_progress
    status=${PIPESTATUS[0]}
}

# Ends the tests of an interrupted run, without waiting for them.
end_lanes() {
    local lane
    for lane in ${lanes[@]+"${lanes[@]}"}; do
        kill -- "-$lane" 2>/dev/null || true
    done
}

# Tests these modules one after the other.
test_modules() {
    local module failed=0
    for module in "$@"; do
        await "$module" tests || return 1
        test_module "$module" 3 0 1 || failed=1
    done
    return $failed
}

modules() {
    sed -n 's:.*<module>\(.*\)</module>.*:\1:p' "$root/pom.xml"
}

# Maven writes a module's tests.classpath when its tests are compiled, and packed.classpath when its jars are checked.
await() {
    until [[ -s $root/$1/target/$2.classpath ]]; do
        [[ ! -e $root/target/compiled ]] && is_alive "$$" || return 1
        sleep 0.2
    done
    sleep 0.2 # until the file is complete
}

# Runs the tests of a module, or part $3 of $4 of them, on $2 threads in a JVM of their own. The output goes to
# tests.log.
test_module() {
    local module=$1 libraries flags=()
    libraries=$(<"$root/$module/target/tests.classpath"):$(tr : '\n' <"$root/core/target/tests.classpath" |
        grep /junit-platform-launcher-)
    [[ $module != browser-tests ]] || flags=(-Donward.tests.where=Chromium "-Donward.chromium=$chromium")
    run_module_tests "$@"
}

# Runs the tests of a module with $libraries and more $flags.
run_module_tests() {
    local module=$1 log=$root/$1/target/tests.log common=() ended=0
    read -ra common <<<"$(pom_property jvm.flags) $(pom_property test.jvm.flags "$module")"
    if [[ -n $long ]]; then
        common+=(-XX:+UseSerialGC -Donward.long=true)
    else
        read -ra common <<<"${common[*]} $(pom_property test.jvm.speed)"
    fi
    (
        cd "$root/$module"
        exec "$jdk/bin/java" -ea "${common[@]}" ${flags[@]+"${flags[@]}"} -Dpostgres.binaries.version="$postgres" -Donward.tests.progress=true \
            -cp "$PWD/target/test-classes:$PWD/target/classes:$libraries" dev.onward.testing.ModuleTests "${@:2}"
    ) 2>&1 | tee -a "$log" | grep --line-buffered '^tests: ' | show_progress
    ended=${PIPESTATUS[0]}
    ((ended == 0)) || say "The tests of $module ended with exit code $ended. Their output: $log"
    return "$ended"
}

# The versions that Spring Boot 4.1 manages. In an application's Maven build they replace those of core.
boot_versions=(-Dflyway.version=12.4.0 -Djackson.version=3.1.7 -Dsqlite.version=3.53.4.0)

# Tests core's compiled classes with Spring Boot's libraries. Arguments: prefixes of test class names. Nothing is measured,
# because several classes run at once.
test_with_boot_versions() {
    local libraries long= flags=("-Donward.tests.where=$boot")
    say "Onward core with the libraries of Spring Boot"
    maven -q dependency:build-classpath -pl core -Dmdep.outputFile=target/boot.classpath "${boot_versions[@]}" ||
        die "The libraries of Spring Boot could not be resolved."
    libraries=$(<"$root/core/target/boot.classpath")
    run_module_tests core 4 0 1 "$@"
}

boot="Spring Boot's libraries"

# Prints a property of the module's pom.xml, or else of the parent's.
pom_property() {
    local name=$1 pom
    for pom in ${2:+"$root/$2/pom.xml"} "$root/pom.xml"; do
        sed -n "s:^ *<$name>\(.*\)</$name>\$:\1:p" "$pom"
    done | sed -n 1p
}

test_packages() {
    local tallies=$root/target/tests-run
    say "Onward packages"
    mkdir -p "$tallies"
    "$root/launcher/test/package-test.sh" "$jdk" "$tallies/packages.tsv" || [[ -s $tallies/packages.tsv ]] ||
        die "The packages could not be tested."
    "$root/launcher/test/rebuild-test.sh" "$jdk" "$app" "$tallies/rebuild.tsv" || [[ -s $tallies/rebuild.tsv ]] ||
        die "Rebuilding could not be tested."
}

test_maven_repository() {
    local tally=$root/target/tests-run/maven.tsv
    say "Onward in a Maven repository"
    mkdir -p "${tally%/*}"
    "$root/launcher/test/maven-test.sh" "$jdk" "$mvn" "$tally" || [[ -s $tally ]] ||
        die "The Maven repository could not be tested."
}

test_clients() {
    local tally=$root/target/tests-run/clients.tsv
    say "Onward clients, generated"
    "$root/launcher/test/clients-test.sh" "$jdk" "$mvn" "$tally" || [[ -s $tally ]] ||
        die "The clients could not be tested."
}

show_progress() {
    local line
    while IFS= read -r line; do
        case $line in
            tests:*) say "  ${line#tests: }" ;;
            *)
                line=${line#"[INFO] Building "}
                say "${line%% [0-9]*}"
                ;;
        esac
    done
}

# Prints the slowest test classes.
slowest() {
    cat "$root"{,/*}/target/tests-run/*.times 2>/dev/null | LC_ALL=C sort -rn | head -n 12 |
        awk -F '\t' 'NR == 1 { print "\nSlowest test classes, in seconds:" } { printf "%7s  %s on %s\n", $1, $2, $3 }'
}

# Prints the failed tests, the slowest classes, and the number of tests on each database; the last line is the summary.
# Fails unless tests ran and all passed.
report() {
    local status=$1 log=$2 tally=()
    local file
    for file in "$root"{,/*}/target/tests-run/*.tsv; do
        [[ -f $file ]] && tally+=("$file")
    done
    if ((status != 0)); then
        printf '\nThe build failed:\n'
        sed -n 's/^\[ERROR\] Failed to execute goal \([^ ]*\) .* on project \([^:]*\): \(.*\)/  \2: \3/p' "$log" | sed 's/ -> \[Help.*//'
        sed -n 's/^\[INFO\] \(Onward.*[^ .]\) \.* SKIPPED.*/  \1: not run, because a module it needs failed/p' "$log"
        grep -q $'\tFAILED\t' ${tally[@]+"${tally[@]}"} /dev/null || errors "$log"
        printf '  Full log: %s\n' "$log"
    fi
    slowest || true
    awk -F '\t' -v failed_build="$status" -v boot="$boot" '
        $2 == "FAILED" { printf "%s  %s: %s %s\n      %s\n", (failed++ ? "" : "\nFailed tests:\n"), $1, $3, $4, $5 }
        $2 == "SKIPPED" { skipped++ }
        $2 == "PASSED" { passed++ }
        $2 == "PASSED" || $2 == "FAILED" { if (!ran[$1]++) places[++count] = $1 }
        function place(name) {
            if (name == "") return
            line = line (line == "" ? "Tests " : " · ") "on " name ": " ran[name] + 0
        }
        END {
            place("SQLite")
            for (i = 1; i <= count; i++) if (places[i] ~ /^PostgreSQL/) place(places[i])
            place("no database")
            if (ran[boot]) line = line " · with " boot ": " ran[boot]
            if (ran["Chromium"]) line = line " · in Chromium: " ran["Chromium"]
            print "\n" line
            printf "%d passed, %d failed, %d skipped\n", passed, failed, skipped
            exit (failed_build != 0 || failed > 0 || passed == 0) ? 1 : 0
        }' ${tally[@]+"${tally[@]}"} </dev/null
}
