package dev.onward.kblock;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The title of a K-Block: the first sentence of its content, at most 80 characters. */
final class Title {
    private static final int MAX_CHARACTERS = 80;
    private static final Pattern END_OF_SENTENCE = Pattern.compile("[.!?…](?=\\s|$)", Pattern.UNICODE_CHARACTER_CLASS);

    private Title() {}

    static String of(String content) {
        String text = content.strip();
        Matcher end = END_OF_SENTENCE.matcher(text);
        String sentence = end.find() ? text.substring(0, end.end()) : text;
        if (sentence.codePointCount(0, sentence.length()) <= MAX_CHARACTERS) {
            return sentence;
        }
        return sentence.substring(0, sentence.offsetByCodePoints(0, MAX_CHARACTERS)) + "...";
    }
}
