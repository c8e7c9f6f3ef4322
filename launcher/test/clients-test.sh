#!/usr/bin/env bash
# Generates clients from openapi.yaml in several languages, compiles them, and uses each one to publish a flow and start
# a session. Downloads the generators and the clients' dependencies from public registries.
#
#   clients-test.sh JDK MAVEN [TALLY]    appends a line for each test to TALLY: where, outcome, suite, test, message
set -euo pipefail

jdk=$1
mvn=$2
tally=${3:-/dev/null}
root=$(cd -P "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
programs=$root/launcher/test/clients
spec=$root/web/src/main/resources/openapi.yaml
scratch=$(mktemp -d "${TMPDIR:-/tmp}/onward-clients.XXXXXX")
generator=org.openapitools:openapi-generator-cli:7.17.0
key=0123456789abcdef0123456789abcdef
export JAVA_HOME=$jdk
. "$root/launcher/test/testing.sh"

generate() {
    "$jdk/bin/java" -jar "$scratch"/openapi-generator-cli-*.jar generate -i "$spec" "$@" >"$scratch/generate.log" 2>&1 ||
        die "$(tail -n 20 "$scratch/generate.log")"
}

# Checks the output of a program: the flow was published, can be read, and has an open session.
published() {
    local expected="published
A tour
open role $1" came
    came=$(cat)
    [[ $came == "$expected" ]] || die "the client printed: $came"
}

# ---- Tests ----------------------------------------------------------------------------------------------------------

java_client() {
    local library=$1 program=$2 folder=$scratch/java-$1
    generate -g java --library "$library" -o "$folder"
    cp "$programs/$program.java" "$folder/src/main/java/"
    (
        cd "$folder"
        "$mvn" -q -B compile org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath \
            -Dmdep.outputFile=classpath >maven.log 2>&1 || die "$(grep ERROR maven.log)"
        "$jdk/bin/java" -cp "target/classes:$(cat classpath)" "$program" "$address" "$key"
    ) | published null
}

javaNative() {
    java_client native PublishNative
}

javaRestclient() {
    java_client restclient PublishRestclient
}

python() {
    generate -g python -o "$scratch/python"
    python3 -m venv "$scratch/venv"
    "$scratch/venv/bin/pip" -q --disable-pip-version-check install "$scratch/python"
    "$scratch/venv/bin/python" "$programs/publish.py" "$address" "$key" | published None
}

golang() {
    generate -g go -o "$scratch/go" --git-host example.com --git-user-id onward --git-repo-id onward
    mkdir "$scratch/go/publish"
    cp "$programs/publish.go" "$scratch/go/publish/main.go"
    (
        cd "$scratch/go"
        rm -rf test # asks for a library that only its own, skipped tests use
        go mod tidy 2>go.log || die "$(cat go.log)"
        go vet ./...
        go run ./publish "$address" "$key"
    ) | published '<nil>'
}

typescript() {
    mkdir "$scratch/typescript"
    cp "$programs"/{publish.ts,package.json} "$scratch/typescript/"
    (
        cd "$scratch/typescript"
        npm install --silent --no-fund --no-audit
        npx openapi-typescript "$spec" --output api.d.ts >/dev/null
        npx tsc --strict --target es2022 --module nodenext --types node publish.ts
        node publish.js "$address" "$key"
    ) | published null
}

# ---- Run the tests --------------------------------------------------------------------------------------------------

trap '[[ -z $server ]] || kill "$server" 2>/dev/null; wait; chmod -R u+w "$scratch"; rm -rf "$scratch"' EXIT

"$mvn" -q -B org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy -Dartifact="$generator" \
    -DoutputDirectory="$scratch" >"$scratch/maven.log" 2>&1 || die "$(grep ERROR "$scratch/maven.log")"

: >"$scratch/out"
ONWARD_OPERATOR_KEY=$key "$root/onward" serve --port 0 --db "sqlite:$scratch/onward.db" >"$scratch/out" 2>&1 &
server=$!
await_server
address=http://127.0.0.1:$port

for test in javaNative:java javaRestclient:java python:python3 golang:go typescript:npm; do
    needs=${test#*:} test=${test%:*}
    if [[ $needs == java ]] || command -v "$needs" >/dev/null; then
        run_test ClientsTest "$test"
    else
        outcome=SKIPPED message="NOT RUN: no $needs on the PATH"
        echo "$test: $message"
        [[ ${CI:-} != true ]] || outcome=FAILED failed=1
        record ClientsTest "$outcome" "$test" "$message"
    fi
done
exit $failed
