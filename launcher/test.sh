# Runs everything that CI runs, and reports what ran on which database.

find_chromium() {
    local name
    for name in chromium chromium-browser google-chrome google-chrome-stable; do
        command -v "$name" && return
    done
    for name in "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" \
        /Applications/Chromium.app/Contents/MacOS/Chromium; do
        [[ -x $name ]] && echo "$name" && return
    done
    return 0
}

test_usage() {
    say "usage: ./onward test [--long] [--only NAME,…] [--postgres 15|16|17|18]"
    say "  --long        also runs the long tests, in one JVM because they measure times"
    say "  --only NAMES  runs only these test classes, separated by commas"
    say "  --postgres N  tests on this PostgreSQL release (default: 18)"
}

run_tests() {
    local mvn chromium log=$root/target/onward-test.log status started=$SECONDS long= only= packages
    local profiles=() options=()
    while (($#)); do
        case $1 in
            --long) long=1 options+=(-Donward.long=true -Dtest.jvms=1 -Dtest.jvm.speed=-XX:+UseSerialGC) ;;
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
                    15 | 16 | 17) profiles+=("postgres-$release") ;;
                    18) ;;
                    *) test_usage; exit 2 ;;
                esac
                ;;
            -h | --help) test_usage; exit 0 ;;
            *) say "unknown option: $1"; test_usage; exit 2 ;;
        esac
        shift
    done

    exec 2>&1 # one stream, so that the summary is always the last line
    chromium=$(find_chromium)
    if [[ -n $chromium ]]; then
        profiles+=(browser)
        options+=("-Donward.chromium=$chromium")
    elif [[ ${CI:-} == true ]]; then
        die "No Chromium on the PATH: the browser tests cannot run, and CI requires them (apt-get install chromium)."
    fi
    if ((${#profiles[@]})); then
        options+=("-P$(IFS=,; echo "${profiles[*]}")")
    fi

    mvn=$(find_maven "$jdk")
    take_lock
    begin_build
    rm -rf "$root"{,/*}/target/tests-run "$root"/*/target/surefire-reports
    say "Testing Onward with $jdk. Full log: $log"
    rm -f "$made"/{tested,untested}
    [[ -z $only ]] || touch "$made/untested"
    test_packages_meanwhile >"$root/target/onward-packages.log" &
    packages=$!
    set +e
    maven verify --fail-at-end -Dmaven.compiler.failOnWarning=true -Donward.tests.progress=true \
        ${options[@]+"${options[@]}"} 2>&1 |
        tee "$log" | grep --line-buffered -E '^\[INFO\] Building Onward [a-z]|^tests: ' | show_progress
    status=${PIPESTATUS[0]}
    set -e
    [[ -e $made/tested ]] || touch "$made/untested"
    wait "$packages" || status=1
    cat "$root/target/onward-packages.log"
    if ((status != 0)) || [[ -n $only ]]; then
        abandon_build
    elif [[ -n $long ]]; then
        test_clients
    fi
    say "Took $((SECONDS - started)) s."
    if [[ -z $chromium ]]; then
        say "The browser tests were skipped: no Chromium on the PATH (Debian, Ubuntu: sudo apt-get install chromium)."
    fi
    report "$status" "$log"
}

# Runs when the server has passed its tests, while Maven tests the modules after it.
test_packages_meanwhile() {
    until [[ -e $made/tested ]]; do
        [[ ! -e $made/untested ]] && is_alive "$$" || return 0
        sleep 1
    done
    end_build
    test_packages
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
                line=${line#"[INFO] Building "} && say "${line%% [0-9]*}"
                [[ $line != "Onward bench "* ]] || touch "$made/tested" # Maven builds it after the server only
                ;;
        esac
    done
}

# Prints what failed, then what ran where; the last line is the summary. Fails unless tests ran and all passed.
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
    awk -F '\t' -v failed_build="$status" '
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
            if (ran["Chromium"]) line = line " · in Chromium: " ran["Chromium"]
            print "\n" line
            printf "%d passed, %d failed, %d skipped\n", passed, failed, skipped
            exit (failed_build != 0 || failed > 0 || passed == 0) ? 1 : 0
        }' ${tally[@]+"${tally[@]}"} </dev/null
}
