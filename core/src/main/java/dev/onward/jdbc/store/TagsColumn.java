package dev.onward.jdbc.store;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** A K-Block's tags as the JSON array in the table. Tags consist of letters, digits and hyphens. */
public final class TagsColumn {
    private TagsColumn() {}

    public static String format(List<String> tags) {
        return tags.stream().map(tag -> '"' + tag + '"').collect(Collectors.joining(",", "[", "]"));
    }

    static List<String> parse(String json) {
        return Arrays.stream(json.split("[\\[\\]\", ]+", -1))
                .filter(tag -> !tag.isEmpty())
                .toList();
    }
}
