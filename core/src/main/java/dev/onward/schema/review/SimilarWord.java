package dev.onward.schema.review;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the known word that a misspelled one most likely means: different case, an extra letter, two swapped ones. */
final class SimilarWord {
    private SimilarWord() {}

    /** The closest known word, if one is close. */
    static Optional<String> to(String word, Collection<String> known) {
        String letters = letters(word);
        int maxDistance = letters.length() < 3 ? 0 : letters.length() < 8 ? 1 : letters.length() < 12 ? 2 : 3;
        return known.stream()
                .filter(one -> distance(letters, letters(one)) <= maxDistance)
                .min(Comparator.comparingInt((String one) -> distance(letters, letters(one)))
                        .thenComparing(Comparator.naturalOrder()));
    }

    private static String letters(String word) {
        return word.toLowerCase(Locale.ROOT).replaceAll("[-_ .]", "");
    }

    /** The number of insertions, deletions, replacements and swaps of letters. */
    private static int distance(String one, String other) {
        int[][] steps = new int[one.length() + 1][other.length() + 1];
        for (int i = 0; i <= one.length(); i++) {
            for (int j = 0; j <= other.length(); j++) {
                if (i == 0 || j == 0) {
                    steps[i][j] = i + j;
                    continue;
                }
                int differs = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
                steps[i][j] = Math.min(Math.min(steps[i - 1][j], steps[i][j - 1]) + 1, steps[i - 1][j - 1] + differs);
                if (i > 1
                        && j > 1
                        && one.charAt(i - 1) == other.charAt(j - 2)
                        && one.charAt(i - 2) == other.charAt(j - 1)) {
                    steps[i][j] = Math.min(steps[i][j], steps[i - 2][j - 2] + 1);
                }
            }
        }
        return steps[one.length()][other.length()];
    }
}
