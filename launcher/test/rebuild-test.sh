#!/usr/bin/env bash
# Rebuilds beside a running server, in a copy of the sources. A script stands in for Maven and replaces its output.
#
#   rebuild-test.sh JDK APP [TALLY]    APP contains Onward's jars; appends a line to TALLY: where, outcome, suite, test, message
set -euo pipefail

jdk=$1
jars=$2
tally=${3:-/dev/null}
root=$(cd -P "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
scratch=$(mktemp -d "${TMPDIR:-/tmp}/onward-rebuild.XXXXXX")
copy=$scratch/copy
. "$root/launcher/cache.sh" # for ask
. "$root/launcher/test/testing.sh"

copy_sources() {
    local module
    mkdir -p "$copy" "$scratch/bin"
    cp -R "$root"/{onward,launcher,pom.xml,.mvn} "$copy"
    for module in core web server; do
        mkdir -p "$copy/$module/src"
        cp "$root/$module/pom.xml" "$copy/$module"
        cp -R "$root/$module/src/main" "$copy/$module/src"
    done
    cat >"$scratch/bin/mvn" <<-END
	#!/usr/bin/env bash
	set -e
	[[ \$1 != -v ]] || { echo "Apache Maven 3.9.9"; exit; }
	mkdir -p server/target/lib
	cat "$jars/onward-server.jar" >server/target/onward-server.jar
	for jar in "$jars"/lib/*.jar; do cat "\$jar" >"server/target/lib/\${jar##*/}"; done
	cp server/src/main/changed "$scratch/changed" 2>/dev/null || echo first >"$scratch/changed"
	"$jdk/bin/jar" --update --file server/target/onward-server.jar -C "$scratch" changed
	END
    chmod +x "$scratch/bin/mvn"
}

launch() {
    PATH=$scratch/bin:$PATH JAVA_HOME=$jdk ONWARD_AOT=off exec "$copy/onward" "$@"
}

serve() {
    : >"$scratch/out"
    (cd "$scratch" && launch serve --port 0) >"$scratch/out" 2>"$scratch/err" &
    server=$!
    await_server
}

rebuild_with() {
    sleep 1 # for file systems that store times in whole seconds
    echo "$1" >"$copy/server/src/main/changed"
    (launch --version) >"$scratch/rebuilt" 2>&1 || die "$(cat "$scratch/rebuilt")"
    grep -q '^Built in ' "$scratch/rebuilt" || die "not built: $(cat "$scratch/rebuilt")"
}

apps() {
    find "$copy/.onward" -mindepth 1 -maxdepth 1 -name 'app-*' | wc -l
}

aServerServesWhatItIsAskedForTheFirstTimeAfterARebuild() {
    local page
    copy_sources
    serve
    rebuild_with second
    rm -rf "$copy"/target "$copy"/*/target # mvn clean
    for page in /onboarding /studio /docs /openapi.yaml; do
        ask "$port" GET "$page" >"$scratch/page"
        head -n 1 "$scratch/page" | grep -q '^HTTP/1.1 200 ' || die "$page: $(head -n 1 "$scratch/page")"
    done
    [[ $(apps) == 2 ]] || die "expected the folders of the running server and of the new build: $(apps)"
    rebuild_with third
    [[ $(apps) == 2 ]] || die "an unused folder was kept: $(apps)"

    kill "$server"
    wait "$server" || true
    rebuild_with fourth
    [[ $(apps) == 1 ]] || die "the folder of the stopped server was kept: $(apps)"
    server=
}

trap 'rm -rf "$scratch"' EXIT
run_test RebuildTest aServerServesWhatItIsAskedForTheFirstTimeAfterARebuild
exit $failed
