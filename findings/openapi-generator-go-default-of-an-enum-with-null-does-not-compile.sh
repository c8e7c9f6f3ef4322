#!/usr/bin/env bash
# openapi-generator 7.17.0, generator "go": a property with a default and an enum that contains null (OpenAPI 3.1).
#
# Expected: the field becomes a NullableString, and the constructor sets the default, as for an enum without null.
# Observed: the constructor declares the default with a type that does not exist, the property's name in capitals:
#           "undefined: POLICY". The client does not compile. Without the default, or without null, it does.
#
# Requires a JDK 17 or newer, Maven, and Go 1.23 or newer. Exits with 0 if the behaviour is as recorded here, with 1 if it
# has changed.
set -euo pipefail

folder=$(mktemp -d)
trap 'chmod -R u+w "$folder"; rm -rf "$folder"' EXIT
cd "$folder"
mvn --batch-mode --quiet org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy \
    -Dartifact=org.openapitools:openapi-generator-cli:7.17.0 -DoutputDirectory=. >maven.log 2>&1 ||
    { cat maven.log; exit 1; }

document() {
    cat <<YAML
openapi: 3.1.0
info: {title: Sample, version: '1'}
paths:
  /claim:
    post:
      operationId: claim
      requestBody:
        content: {application/json: {schema: {\$ref: '#/components/schemas/Claim'}}}
      responses:
        '204': {description: Done.}
components:
  schemas:
    Claim:
      type: object
      properties:
        policy: {$1}
YAML
}

# Prints the compiler's error, or "compiles".
built() {
    document "$2" >"$1.yaml"
    java -jar openapi-generator-cli-7.17.0.jar generate -i "$1.yaml" -g go -o "$1" \
        --git-host example.com --git-user-id sample --git-repo-id "$1" >/dev/null 2>&1
    (
        cd "$1"
        rm -rf test
        go mod tidy >/dev/null 2>&1
        { go build . 2>&1 && echo compiles || true; } | grep -E -o 'undefined: [A-Z]+|compiles' | head -n 1
    )
}

both=$(built both "type: ['string', 'null'], enum: [keep, merge, null], default: keep")
only_null=$(built null "type: ['string', 'null'], enum: [keep, merge, null]")
only_default=$(built default "type: string, enum: [keep, merge], default: keep")
echo "null and default: $both"
echo "null alone:       $only_null"
echo "default alone:    $only_default"
if [[ $both == 'undefined: POLICY' && $only_null == compiles && $only_default == compiles ]]; then
    echo "As recorded."
else
    echo "The behaviour has changed."
    exit 1
fi
