package dev.onward.web.jwt;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The usable keys of a JWKS.
 *
 * @param unusable the keys that were skipped, by {@code kid}, and why
 */
record KeySet(List<SigningKey> keys, List<String> unusable) {
    KeySet {
        keys = List.copyOf(keys);
        unusable = List.copyOf(unusable);
    }

    /**
     * Reads one key after the other, so that one that cannot be used leaves the others usable.
     *
     * @throws ParseException if it is not a key set
     */
    static KeySet parse(String json) throws ParseException {
        List<SigningKey> keys = new ArrayList<>();
        List<String> unusable = new ArrayList<>();
        Map<String, Object>[] listed = JSONObjectUtils.getJSONObjectArray(JSONObjectUtils.parse(json), "keys");
        if (listed == null) {
            throw new ParseException("it has no list of keys", 0);
        }
        for (Map<String, Object> key : listed) {
            try {
                SigningKey.of(JWK.parse(key)).ifPresent(keys::add);
            } catch (ParseException | SigningKey.UnusableKey | IllegalArgumentException e) {
                unusable.add(key.getOrDefault("kid", "without kid") + ": " + e.getMessage());
            }
        }
        return new KeySet(keys, unusable);
    }

    static KeySet of(SigningKey key) {
        return new KeySet(List.of(key), List.of());
    }

    /** The keys with this id; all keys if the token names none. */
    List<SigningKey> named(Optional<String> id) {
        return id.isEmpty()
                ? keys
                : keys.stream().filter(key -> key.id().equals(id)).toList();
    }
}
