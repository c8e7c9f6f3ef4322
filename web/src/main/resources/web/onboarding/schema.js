const MOST_RADIOS = 7;
const NO_CONTROL = "This page has no form for this answer. Enter it as JSON.";
const TEXT_KEYWORDS = ["minLength", "maxLength", "pattern", "format", "contentMediaType"];

/**
 * The fields of a step: one per property if its schema is an object with properties, otherwise one for the answer
 * itself. A field has a `name` (null for the answer itself), a `kind` of control, a `label` (null if the question is the
 * label), `about` (whether the step's description describes it), a `hint`, `required`, its `choices`, and its `ui` hints.
 */
export function fieldsOf({ input, description, ui = {} }) {
  if (!input) {
    return [];
  }
  const schema = resolved(input, input);
  const properties = drawable(schema) ? Object.entries(schema.properties) : [];
  if (properties.length === 0) {
    return [field(null, schema, input, ui, { id: "answer", required: true, about: Boolean(description) })];
  }
  const alone = properties.length === 1;
  return properties.map(([name, property], index) =>
    field(name, resolved(property, input), input, { ...(alone ? ui : {}), ...ui.fields?.[name] }, {
      id: alone ? "answer" : `answer-${index + 1}`,
      label: alone ? property.title || null : property.title || labelFrom(name),
      required: Boolean(schema.required?.includes(name)),
      about: alone && Boolean(description),
    }),
  );
}

function field(name, schema, root, ui, { id, label = null, required, about }) {
  const kind = kindOf(schema, root, ui);
  return {
    name,
    id,
    kind,
    label,
    about,
    hint: hintOf(name !== null && schema.description, kind === "json" && NO_CONTROL),
    required,
    schema,
    choices: choicesFor(kind, schema, root),
    ui,
  };
}

const hintOf = (...hints) => hints.filter(Boolean).join(" ") || null;

function kindOf(schema, root, { control }) {
  if (schema.type === "boolean" || schema.const === true) {
    return control === "checkbox" || schema.const === true ? "checkbox" : "radios";
  }
  const choices = choicesOf(schema);
  if (choices) {
    const kind = choices.length > MOST_RADIOS ? "select" : "radios";
    return ["select", "radios"].includes(control) ? control : kind;
  }
  switch (typeOf(schema)) {
    case "string":
      return schema.format === "date" ? "date" : control === "longtext" ? "longtext" : "text";
    case "number":
    case "integer":
      return "number";
    case "array":
      return listKind(schema, root);
    default:
      return "json";
  }
}

function listKind(schema, root) {
  const items = resolved(schema.items || {}, root);
  if (schema.prefixItems) {
    return "json";
  }
  return choicesOf(items) ? "checkboxes" : typeOf(items) === "string" ? "lines" : "json";
}

function choicesFor(kind, schema, root) {
  if (kind === "checkboxes") {
    return choicesOf(resolved(schema.items, root));
  }
  if (schema.type === "boolean" && kind === "radios") {
    return [choice(true, "Yes"), choice(false, "No")];
  }
  return choicesOf(schema) || [];
}

/** The choices; undefined if the schema names no values. Choosing null means choosing nothing. */
function choicesOf(schema) {
  if (schema.enum) {
    return schema.enum.filter((value) => value !== null).map((value) => choice(value));
  }
  const named = schema.oneOf || schema.anyOf;
  if (named?.length > 0 && named.every((option) => option !== null && typeof option === "object" && "const" in option)) {
    return named.map((option) => choice(option.const, option.title, option.description));
  }
  return "const" in schema ? [choice(schema.const, schema.title)] : undefined;
}

const choice = (value, title, description) => ({
  value,
  title: title || (typeof value === "string" ? value : JSON.stringify(value)),
  description: description || null,
});

/** The single type of the answer apart from null; string if the schema only has text keywords. */
function typeOf(schema) {
  const types = [schema.type].flat().filter((type) => type !== undefined && type !== "null");
  if (types.length === 0) {
    return TEXT_KEYWORDS.some((keyword) => keyword in schema) ? "string" : undefined;
  }
  return types.includes("string") ? "string" : types.length === 1 ? types[0] : undefined;
}

const drawable = (schema) => schema.properties && [undefined, "object"].includes(typeOf(schema));

/** A schema with its reference into the same document resolved; keywords beside the reference take precedence. */
function resolved(schema, root, left = 20) {
  if (typeof schema !== "object" || schema === null) {
    return {};
  }
  if (!schema.$ref?.startsWith("#") || left === 0) {
    return schema;
  }
  const { $ref, ...own } = schema;
  const parts = $ref.slice(1).split("/").filter((part) => part !== "");
  const target = parts.reduce((at, part) => at?.[part.replaceAll("~1", "/").replaceAll("~0", "~")], root);
  return { ...resolved(target, root, left - 1), ...own };
}

function labelFrom(name) {
  const spaced = name.replace(/[_-]+/g, " ").replace(/([a-z])([A-Z])/g, "$1 $2").trim();
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}
