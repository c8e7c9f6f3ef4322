package dev.onward.schema.validator;

import java.util.Map;

/** What the value of a keyword contains: schemas at certain positions, or any data. */
public enum SubschemaKind {
    SCHEMA,
    LIST_OF_SCHEMAS,
    /** A mapping from arbitrary names, which may be those of keywords, to schemas. */
    NAMED_SCHEMAS,
    /** Data of any form. Unknown keywords are data too, because they have no effect. */
    DATA;

    private static final Map<String, SubschemaKind> OTHER_THAN_DATA = Map.ofEntries(
            Map.entry("additionalProperties", SCHEMA),
            Map.entry("allOf", LIST_OF_SCHEMAS),
            Map.entry("anyOf", LIST_OF_SCHEMAS),
            Map.entry("contains", SCHEMA),
            Map.entry("contentSchema", SCHEMA),
            Map.entry("$defs", NAMED_SCHEMAS),
            Map.entry("definitions", NAMED_SCHEMAS),
            Map.entry("dependencies", NAMED_SCHEMAS),
            Map.entry("dependentSchemas", NAMED_SCHEMAS),
            Map.entry("else", SCHEMA),
            Map.entry("if", SCHEMA),
            Map.entry("items", SCHEMA),
            Map.entry("not", SCHEMA),
            Map.entry("oneOf", LIST_OF_SCHEMAS),
            Map.entry("patternProperties", NAMED_SCHEMAS),
            Map.entry("prefixItems", LIST_OF_SCHEMAS),
            Map.entry("properties", NAMED_SCHEMAS),
            Map.entry("propertyNames", SCHEMA),
            Map.entry("then", SCHEMA),
            Map.entry("unevaluatedItems", SCHEMA),
            Map.entry("unevaluatedProperties", SCHEMA));

    public static SubschemaKind of(String keyword) {
        return OTHER_THAN_DATA.getOrDefault(keyword, DATA);
    }
}
