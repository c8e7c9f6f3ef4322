package dev.onward.server.cli.doctor;

import dev.onward.web.access.Mode;
import dev.onward.web.jwt.JwtVerifier;
import dev.onward.web.jwt.TokenIssuer;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Checks the identity providers: whether their keys can be read, and how their users are named. */
record IdentityCheck(Mode mode, List<TokenIssuer> issuers) {

    List<CheckResult> findings() {
        List<CheckResult> findings = new ArrayList<>();
        Map<String, String> failures = new JwtVerifier(issuers, InstantSource.system()).readKeysNow();
        for (TokenIssuer issuer : issuers) {
            String subject = "identity: " + issuer.issuer();
            findings.add(
                    failures.containsKey(issuer.issuer())
                            ? CheckResult.problem(subject + ": its keys cannot be read ("
                                    + failures.get(issuer.issuer()) + "). Correct jwks, or start the provider")
                            : CheckResult.ok(subject + ": its keys are readable; user ids are " + issuer.userId() + ", "
                                    + issuer.userIdForm().word()));
        }
        if (mode == Mode.LOCAL && !issuers.isEmpty()) {
            findings.add(CheckResult.ok(
                    "identity: in mode local, tokens name users but protect nothing. Use --mode public for that"));
        }
        return findings;
    }
}
