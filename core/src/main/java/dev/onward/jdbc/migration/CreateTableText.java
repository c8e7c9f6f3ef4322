package dev.onward.jdbc.migration;

import java.util.ArrayList;
import java.util.List;

/** Parses the text of a {@code CREATE TABLE} statement. */
public final class CreateTableText {
    private final String sql;
    private final List<String> definitions = new ArrayList<>();
    private final StringBuilder current = new StringBuilder();
    private int at;

    private CreateTableText(String sql) {
        this.sql = sql;
    }

    /** The definitions of columns, then of constraints, as written but without comments. */
    public static List<String> definitions(String createTable) {
        CreateTableText text = new CreateTableText(createTable);
        text.read();
        return text.definitions;
    }

    /** The column of a definition, or the first word of a constraint. */
    public static String firstWord(String definition) {
        char first = definition.charAt(0);
        if ("\"`[".indexOf(first) >= 0) {
            return definition.substring(1, definition.indexOf(closing(first), 1));
        }
        return definition.split("[\\s(]", 2)[0];
    }

    private void read() {
        int depth = 0;
        while (at < sql.length()) {
            char c = sql.charAt(at);
            if (skippedComment()) {
                continue;
            }
            int end = "'\"`[".indexOf(c) >= 0 ? sql.indexOf(closing(c), at + 1) + 1 : at + 1;
            boolean separates = depth == 1 && c == ',';
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            boolean closes = c == ')' && depth == 0;
            if (separates || closes) {
                definitions.add(current.toString().strip());
                current.setLength(0);
            } else if (depth > 1 || (depth == 1 && (c != '(' || !current.isEmpty()))) {
                current.append(sql, at, end);
            }
            if (closes) {
                return;
            }
            at = end;
        }
    }

    private boolean skippedComment() {
        String closing = sql.startsWith("--", at) ? "\n" : sql.startsWith("/*", at) ? "*/" : "";
        if (closing.isEmpty()) {
            return false;
        }
        int end = sql.indexOf(closing, at + 2);
        at = end < 0 ? sql.length() : end + closing.length();
        current.append(' ');
        return true;
    }

    private static char closing(char opening) {
        return opening == '[' ? ']' : opening;
    }
}
