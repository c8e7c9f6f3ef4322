#!/usr/bin/env bash
# Builds the packages, unpacks them into empty folders, and runs them without Maven, settings, or Java on the PATH.
#
#   package-test.sh JDK [TALLY]    appends a line for each test to TALLY: where, outcome, suite, test, message
set -euo pipefail

jdk=$1
tally=${2:-/dev/null}
root=$(cd -P "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
scratch=$(mktemp -d "${TMPDIR:-/tmp}/onward-package.XXXXXX")
plain=$scratch/plain
whole=$scratch/whole
. "$root/launcher/cache.sh" # for ask and session_in
. "$root/launcher/test/testing.sh"

# ---- Helpers --------------------------------------------------------------------------------------------------------

# Runs a package in a minimal Unix environment: no Maven, no settings, and no Java on the PATH. Arguments before -- are
# environment variables.
bare() {
    local variables=()
    while [[ $1 != -- ]]; do variables+=("$1"); shift; done
    shift
    cd "$scratch/empty"
    exec env -i PATH="$scratch/bin" HOME="$scratch/home" ${variables[@]+"${variables[@]}"} "$@"
}

# Starts a server in the background, and sets $server and $port. The output goes to $scratch/out and $scratch/err.
serve() {
    : >"$scratch/out"
    (bare "${@:2}" -- "$1/onward" serve --port 0) >"$scratch/out" 2>"$scratch/err" &
    server=$!
    await_server
}

# Starts a session and reads its status.
onboard() {
    local session
    session=$(ask "$port" POST /api/onboarding/start '{}' | session_in)
    [[ -n $session ]] || die "no session: $(cat "$scratch/err")"
    ask "$port" GET "/api/onboarding/status?session_id=$session" | grep -q '"current_step":"started"' ||
        die "no status of $session"
}

# Sends SIGTERM, and expects exit code 143.
stop() {
    local code=0
    kill "$server"
    wait "$server" || code=$?
    server=
    [[ $code == 143 ]] || die "exit code $code"
}

loaded_from_cache() {
    grep -q 'dev.onward.server.Main source: shared objects file' "$1"
}

caches() {
    find "$1/app/cache" -name 'onward-*.aot'
}

has_cache() {
    [[ -n $(caches "$1") ]]
}

unpack() {
    mkdir "$2"
    tar -xzf "$1" -C "$2" --strip-components 1
}

# ---- Tests, in order ------------------------------------------------------------------------------------------------

thePackagesAreMade() {
    local archive
    archive=$("$root/onward" package)
    unpack "$archive" "$plain"
    archive=$("$root/onward" package --runtime)
    unpack "$archive" "$whole"
}

helpInASourceFolderAlsoListsItsOwnCommands() {
    local command
    "$root/onward" --help >"$scratch/help"
    for command in serve test package bench; do
        grep -q "^  $command " "$scratch/help" || die "no $command: $(cat "$scratch/help")"
    done
}

aJavaHomeThatIsNotUsedIsNamedInOneLine() {
    JAVA_HOME=$scratch/nowhere PATH=$jdk/bin:$PATH "$root/onward" --version >"$scratch/out" 2>"$scratch/err"
    [[ $(wc -l <"$scratch/err") == 1 ]] || die "$(cat "$scratch/err")"
    grep -q "JAVA_HOME ($scratch/nowhere) is not a JDK" "$scratch/err" || die "$(cat "$scratch/err")"
    "$root/onward" --version 2>&1 >/dev/null | grep . && die "it warned although JAVA_HOME is used" || true
}

anEarlyEndLeavesNoProcessAndTheNextStartMakesTheCache() {
    serve "$plain" JAVA_HOME="$jdk"
    await "the maker of the cache" trains_cache "$plain"
    kill -9 "$server"
    wait "$server" || true
    await "the end of the maker" ended_with_its_server "$plain"
    [[ ! -e $(echo "$plain"/app/cache/*.failed) ]] || die "an attempt that ended with its server counted as a failure"

    serve "$plain" JAVA_HOME="$jdk"
    await "the maker of the cache" trains_cache "$plain"
    stop
    await "the end of the maker" ended_with_its_server "$plain"
}

trains_cache() {
    ps -A -o args= | grep -F "$1/app/" | grep -q 'dev\.onward\.server\.AotTraining'
}

ended_with_its_server() {
    ! ps -A -o args= | grep -v grep | grep -q -F "$1/app/" && [[ -z $(find "$1/app/cache" -name '*.lock') ]]
}

aFailedAttemptAtACacheIsMadeAgainAtTheNextStartThreeTimesAtMost() {
    local start
    mkdir -p "$scratch/jdk/bin"
    cp "$jdk/release" "$scratch/jdk"
    cat >"$scratch/jdk/bin/java" <<-END
	#!$scratch/bin/bash
	[[ " \$* " != *" -XX:AOTCacheOutput="* ]] || { echo attempt >>"$scratch/attempts"; echo "no cache today" >&2; exit 1; }
	exec "$jdk/bin/java" "\$@"
	END
    chmod +x "$scratch/jdk/bin/java"
    for start in 1 2 3; do
        serve "$plain" JAVA_HOME="$scratch/jdk"
        await "attempt $start" has_failed "$start"
        stop
    done
    serve "$plain" JAVA_HOME="$scratch/jdk"
    onboard
    stop
    [[ $(grep -c attempt "$scratch/attempts") == 3 ]] || die "attempts: $(cat "$scratch/attempts")"
    grep -q "no cache today" "$plain"/app/cache/*.failed || die "the reason was not saved"
    rm -rf "$plain/app/cache"
}

has_failed() {
    grep -q -s "^Attempt $1 of 3 " "$plain"/app/cache/*.failed
}

aPackageRunsInAnEmptyFolderOnAJavaAlone() {
    serve "$plain" JAVA_HOME="$jdk"
    onboard
    await "the cache" has_cache "$plain"
    stop
    [[ ! -s $plain/app/cache/*.failed ]] || die "$(cat "$plain"/app/cache/*.failed)"
}

theNextStartUsesTheCacheAndSaysNothingOfIt() {
    serve "$plain" JAVA_HOME="$jdk" JAVA_OPTS="-Xlog:class+load:file=$scratch/classes"
    onboard
    stop
    loaded_from_cache "$scratch/classes" || die "the cache was not used"
    ! grep -E '^\[|aot|AOT' "$scratch/out" "$scratch/err" || die "Java printed messages about its cache"
}

withoutTheCacheWhereThatIsAskedFor() {
    serve "$plain" JAVA_HOME="$jdk" ONWARD_AOT=off JAVA_OPTS="-Xlog:class+load:file=$scratch/classes"
    stop
    ! loaded_from_cache "$scratch/classes" || die "the cache was used"
}

aBrokenCacheHindersNobody() {
    local cache
    cache=$(caches "$plain")
    cp "$cache" "$scratch/good"
    head -c 1000000 "$scratch/good" >"$cache"
    serve "$plain" JAVA_HOME="$jdk"
    onboard
    stop
    ! grep -E '^\[|aot|AOT' "$scratch/out" "$scratch/err" || die "Java printed messages about its cache"
    cp "$scratch/good" "$cache"
}

afterAJarChangedItsClassesRunAndNotThoseOfTheCache() {
    local before
    before=$(caches "$plain")
    mkdir -p "$scratch/changed/classes"
    cat >"$scratch/changed/VersionInfo.java" <<-'END'
	package dev.onward.server.cli;
	public final class VersionInfo {
	    public static String number() { return "changed"; }
	    static String text() { return "onward changed"; }
	}
	END
    "$jdk/bin/javac" -d "$scratch/changed/classes" "$scratch/changed/VersionInfo.java"
    "$jdk/bin/jar" --update --file "$plain/app/onward-server.jar" -C "$scratch/changed/classes" .
    (bare JAVA_HOME="$jdk" -- "$plain/onward" --version) | grep -qx 'onward changed' || die "the old classes ran"

    serve "$plain" JAVA_HOME="$jdk"
    await "another cache" has_another_cache "$before"
    stop
    [[ ! -e $before ]] || die "the old cache was kept"
    (bare JAVA_HOME="$jdk" -- "$plain/onward" --version) | grep -qx 'onward changed' || die "the old classes ran"
}

has_another_cache() {
    has_cache "$plain" && [[ $(caches "$plain") != "$1" ]]
}

aPackageWithItsJavaRunsInAnEmptyFolderAlone() {
    serve "$whole" JAVA_OPTS="-XshowSettings:properties -Xlog:class+load:file=$scratch/classes"
    onboard
    stop
    grep -q "java.home = $whole/runtime" "$scratch/out" "$scratch/err" || die "it did not use the included Java"
    loaded_from_cache "$scratch/classes" || die "the included cache was not used"
}

# ---- Run the tests --------------------------------------------------------------------------------------------------

trap 'rm -rf "$scratch"' EXIT

mkdir -p "$scratch"/{bin,empty,home}
for tool in basename bash cat cksum dirname env find head ln mkdir mv nice readlink rm sed sleep tr uname; do
    ln -s "$(command -v "$tool")" "$scratch/bin/$tool"
done
export JAVA_HOME=$jdk

for test in thePackagesAreMade helpInASourceFolderAlsoListsItsOwnCommands aJavaHomeThatIsNotUsedIsNamedInOneLine \
    anEarlyEndLeavesNoProcessAndTheNextStartMakesTheCache \
    aFailedAttemptAtACacheIsMadeAgainAtTheNextStartThreeTimesAtMost aPackageRunsInAnEmptyFolderOnAJavaAlone theNextStartUsesTheCacheAndSaysNothingOfIt \
    withoutTheCacheWhereThatIsAskedFor aBrokenCacheHindersNobody afterAJarChangedItsClassesRunAndNotThoseOfTheCache \
    aPackageWithItsJavaRunsInAnEmptyFolderAlone; do
    run_test PackageTest "$test"
done
exit $failed
