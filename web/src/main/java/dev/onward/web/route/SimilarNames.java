package dev.onward.web.route;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds the known name that the caller probably meant. */
public final class SimilarNames {
    /** Names that are safe in a header and a log line. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9 _.\\[\\]-]{1,64}");

    private SimilarNames() {}

    /** The known name that differs only in case, punctuation, or one typing error for each three letters. */
    public static Optional<String> nearest(String name, Collection<String> known) {
        if (!PLAIN.matcher(name).matches()) {
            return Optional.empty();
        }
        String letters = letters(name);
        return known.stream()
                .filter(candidate -> distance(letters, letters(candidate)) <= tolerated(candidate))
                .min(Comparator.comparingInt(candidate -> distance(letters, letters(candidate))));
    }

    private static int tolerated(String known) {
        return letters(known).length() / 3;
    }

    private static String letters(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }

    /** The number of insertions, deletions, replacements and swaps of letters. */
    private static int distance(String one, String other) {
        int[][] costs = new int[one.length() + 1][other.length() + 1];
        for (int i = 0; i <= one.length(); i++) {
            for (int j = 0; j <= other.length(); j++) {
                costs[i][j] = i == 0 || j == 0 ? i + j : cost(costs, one, other, i, j);
            }
        }
        return costs[one.length()][other.length()];
    }

    private static int cost(int[][] costs, String one, String other, int i, int j) {
        int replaced = costs[i - 1][j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        int least = Math.min(replaced, 1 + Math.min(costs[i - 1][j], costs[i][j - 1]));
        boolean swapped =
                i > 1 && j > 1 && one.charAt(i - 1) == other.charAt(j - 2) && one.charAt(i - 2) == other.charAt(j - 1);
        return swapped ? Math.min(least, costs[i - 2][j - 2] + 1) : least;
    }
}
