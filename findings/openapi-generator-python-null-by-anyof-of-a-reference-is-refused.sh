#!/usr/bin/env bash
# openapi-generator 7.17.0, generator "python": a property that is null or a referenced string, by anyOf (OpenAPI 3.1).
#
# Expected: the field is Optional, because anyOf with {type: 'null'} is how OpenAPI 3.1 expresses this. It works for a
#           referenced object.
# Observed: for an object the field is Optional. For a string (with or without a format) the null is lost: the client
#           rejects the documented response {"ended_at": null} with a ValidationError. Without a reference, written as
#           type: [string, 'null'], it accepts the same response.
#
# Requires a JDK 17 or newer, Maven, and Python 3.9 or newer. Exits with 0 if the behaviour is as recorded here, with 1 if
# it has changed.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
mvn --batch-mode --quiet org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy \
    -Dartifact=org.openapitools:openapi-generator-cli:7.17.0 -DoutputDirectory=. >maven.log 2>&1 || { cat maven.log; exit 1; }

cat >sample.yaml <<'YAML'
openapi: 3.1.0
info: {title: Sample, version: '1'}
paths:
  /run:
    get:
      operationId: readRun
      responses:
        '200':
          description: One of each.
          content:
            application/json:
              schema:
                type: object
                required: [a, b, c]
                properties:
                  a: {$ref: '#/components/schemas/ReferredTime'}
                  b: {$ref: '#/components/schemas/ReferredObject'}
                  c: {$ref: '#/components/schemas/PlainTime'}
components:
  schemas:
    Time: {type: string, format: date-time}
    Place: {type: object, required: [name], properties: {name: {type: string}}}
    ReferredTime:
      type: object
      required: [ended_at]
      properties: {ended_at: {anyOf: [{$ref: '#/components/schemas/Time'}, {type: 'null'}]}}
    ReferredObject:
      type: object
      required: [ended_at]
      properties: {ended_at: {anyOf: [{$ref: '#/components/schemas/Place'}, {type: 'null'}]}}
    PlainTime:
      type: object
      required: [ended_at]
      properties: {ended_at: {type: ['string', 'null'], format: date-time}}
YAML
java -jar openapi-generator-cli-7.17.0.jar generate -i sample.yaml -g python -o client >/dev/null 2>&1
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check \
    'pydantic==2.12.4' 'urllib3==2.5.0' 'python-dateutil==2.9.0.post0' 'typing-extensions==4.15.0'

cd client
seen=$(../venv/bin/python - <<'PYTHON'
import openapi_client
from pydantic import ValidationError

for name in ("ReferredTime", "ReferredObject", "PlainTime"):
    try:
        getattr(openapi_client, name).from_dict({"ended_at": None})
        print(name, "takes null")
    except ValidationError as error:
        print(name, "refuses null:", error.errors()[0]["type"])
PYTHON
)
echo "$seen"
if [[ $seen == "ReferredTime refuses null: datetime_type
ReferredObject takes null
PlainTime takes null" ]]; then
    echo "As recorded."
else
    echo "The behaviour has changed."
    exit 1
fi
