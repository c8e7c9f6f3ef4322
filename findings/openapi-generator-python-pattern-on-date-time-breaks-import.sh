#!/usr/bin/env bash
# openapi-generator 7.17.0, generator "python": a date-time with a pattern.
#
# Expected: the pattern is ignored, or checked against the text as it was sent. Either way, the client works.
# Observed: the model checks the pattern for a field that is a datetime, and does not import what the check needs. "import
#           openapi_client" fails with NameError: name 'field_validator' is not defined, so the whole client is unusable.
#           Without the pattern, the client of the same document can be imported.
#
# Requires a JDK 17 or newer, Maven, and Python 3.9 or newer. Exits with 0 if the behaviour is as recorded here, with 1 if
# it has changed.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
mvn --batch-mode --quiet org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy \
    -Dartifact=org.openapitools:openapi-generator-cli:7.17.0 -DoutputDirectory=. >maven.log 2>&1 || { cat maven.log; exit 1; }

document() {
    cat <<YAML
openapi: 3.1.0
info: {title: Sample, version: '1'}
paths:
  /event:
    get:
      operationId: readEvent
      responses:
        '200':
          description: An event.
          content: {application/json: {schema: {\$ref: '#/components/schemas/Event'}}}
components:
  schemas:
    Event:
      type: object
      required: [at]
      properties:
        at: {type: string, format: date-time$1}
YAML
}

document '' >plain.yaml
document ", pattern: '^[0-9]{4}-.*Z\$'" >pattern.yaml
for name in plain pattern; do
    java -jar openapi-generator-cli-7.17.0.jar generate -i $name.yaml -g python -o $name >/dev/null 2>&1
done
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check \
    'pydantic==2.12.4' 'urllib3==2.5.0' 'python-dateutil==2.9.0.post0' 'typing-extensions==4.15.0'

imported() {
    (cd "$1" && { ../venv/bin/python -c 'import openapi_client' 2>&1 || true; } | tail -n 1)
}
plain=$(imported plain)
pattern=$(imported pattern)
echo "without the pattern: ${plain:-imported}"
echo "with the pattern:    ${pattern:-imported}"
if [[ -z $plain && $pattern == "NameError: name 'field_validator' is not defined"* ]]; then
    echo "As recorded."
else
    echo "The behaviour has changed."
    exit 1
fi
