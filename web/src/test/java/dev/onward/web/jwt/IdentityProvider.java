package dev.onward.web.jwt;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.EdECPublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** An identity provider that serves a key set and signs tokens. */
public final class IdentityProvider implements AutoCloseable {
    public static final String ISSUER = "https://id.example.com/realms/app";
    static final String AUDIENCE = "onboarding";
    static final String SECRET = "a-shared-secret-of-more-than-32-bytes";

    private final HttpServer server;
    private final List<Map<String, Object>> published = new ArrayList<>();
    /** Shared by all providers, because a key takes up to a second to generate. */
    private static final Map<String, RSAKey> KEYS = new ConcurrentHashMap<>();

    private final Set<String> signing = new HashSet<>();
    private final AtomicInteger fetches = new AtomicInteger();
    private volatile int status = 200;

    public IdentityProvider() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/keys", exchange -> {
            fetches.incrementAndGet();
            byte[] body = keySet().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        });
        server.start();
    }

    /** A key that signs tokens. */
    interface Signer {
        SignedJWT sign(JWSHeader header, JWTClaimsSet claims) throws JOSEException;
    }

    /** The issuer with the defaults of all settings. */
    public TokenIssuer issuer() {
        return TokenIssuer.of(ISSUER, keys(), AUDIENCE);
    }

    /** An access token of a user that is valid for five minutes. */
    public String token(String user) {
        return token(user, Instant.now());
    }

    /** An access token of a user that has expired. */
    public String expiredToken(String user) {
        return token(user, Instant.now().minusSeconds(3600));
    }

    private String token(String user, Instant issuedAt) {
        try {
            return rsa("r1")
                    .sign(header(JWSAlgorithm.RS256, "r1"), claims(issuedAt, c -> c.subject(user)))
                    .serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    KeySource.JwksAddress keys() {
        return new KeySource.JwksAddress(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/keys"));
    }

    int fetches() {
        return fetches.get();
    }

    /** Answers requests for the keys with this status. */
    public void answerWith(int status) {
        this.status = status;
    }

    void publish(Map<String, Object> key) {
        published.add(key);
    }

    void withdraw(String id) {
        published.removeIf(key -> id.equals(key.get("kid")));
    }

    String keySet() {
        return JSONObjectUtils.toJSONString(Map.of("keys", List.copyOf(published)));
    }

    Signer rsa(String id) throws JOSEException {
        RSAKey key = KEYS.computeIfAbsent(id, IdentityProvider::generated);
        if (signing.add(id)) {
            publish(key);
        }
        return by(new RSASSASigner(key));
    }

    private static RSAKey generated(String id) {
        try {
            return new RSAKeyGenerator(2048).keyID(id).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    Signer ec(String id) throws JOSEException {
        ECKey key = new ECKeyGenerator(Curve.P_256).keyID(id).generate();
        publish(key);
        return by(new ECDSASigner(key));
    }

    private void publish(JWK key) {
        publish(key.toPublicJWK().toJSONObject());
    }

    Signer edwards(String id) throws GeneralSecurityException {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        publish(Map.of("kty", "OKP", "crv", "Ed25519", "kid", id, "x", x((EdECPublicKey) pair.getPublic())));
        return (header, claims) -> {
            try {
                SignedJWT unsigned = new SignedJWT(header, claims);
                Signature signature = Signature.getInstance("Ed25519");
                signature.initSign(pair.getPrivate());
                signature.update(unsigned.getSigningInput());
                Base64URL[] parts = {
                    header.toBase64URL(), claims.toPayload().toBase64URL(), Base64URL.encode(signature.sign())
                };
                return new SignedJWT(parts[0], parts[1], parts[2]);
            } catch (GeneralSecurityException | java.text.ParseException e) {
                throw new JOSEException(e.getMessage(), e);
            }
        };
    }

    /** The last 32 bytes of the encoded key are its point. */
    private static String x(EdECPublicKey key) {
        byte[] encoded = key.getEncoded();
        byte[] point = new byte[32];
        System.arraycopy(encoded, encoded.length - point.length, point, 0, point.length);
        return Base64URL.encode(point).toString();
    }

    static Signer secret() throws JOSEException {
        return by(new MACSigner(SECRET));
    }

    private static Signer by(JWSSigner signer) {
        return (header, claims) -> {
            SignedJWT token = new SignedJWT(header, claims);
            token.sign(signer);
            return token;
        };
    }

    static JWSHeader header(JWSAlgorithm algorithm, String id) {
        return new JWSHeader.Builder(algorithm)
                .type(JOSEObjectType.JWT)
                .keyID(id)
                .build();
    }

    /** The claims of an access token of five minutes, changed by the test. */
    static JWTClaimsSet claims(Instant now, Consumer<JWTClaimsSet.Builder> change) {
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience(AUDIENCE)
                .subject("ada")
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(300)));
        change.accept(claims);
        return claims.build();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
