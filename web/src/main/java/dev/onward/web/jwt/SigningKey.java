package dev.onward.web.jwt;

import com.nimbusds.jose.Algorithm;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.SignedJWT;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Optional;
import java.util.Set;

/**
 * A key that verifies signatures.
 *
 * @param id {@code kid}, if it has one
 * @param algorithm the only algorithm that it is for, if it names one
 * @param family the algorithms that its type allows
 */
record SigningKey(Optional<String> id, Optional<Algorithm> algorithm, Set<JWSAlgorithm> family, SignatureCheck check) {
    private static final int MIN_RSA_BITS = 2048;
    private static final String ED25519 = "Ed25519";

    /** Whether a token's signature is valid. */
    @FunctionalInterface
    interface SignatureCheck {
        boolean passes(SignedJWT token) throws JOSEException;
    }

    /** A key that this server cannot use, and why. */
    static final class UnusableKey extends Exception {
        UnusableKey(String reason) {
            super(reason);
        }
    }

    static SigningKey ofSecret(byte[] secret) {
        return new SigningKey(
                Optional.empty(),
                Optional.empty(),
                Set.of(JWSAlgorithm.HS256, JWSAlgorithm.HS384, JWSAlgorithm.HS512),
                token -> token.verify(new MACVerifier(secret)));
    }

    /**
     * @return empty if the key is not for signatures
     * @throws UnusableKey if it is too weak, or of a type that is not supported
     */
    static Optional<SigningKey> of(JWK key) throws UnusableKey {
        if (KeyUse.ENCRYPTION.equals(key.getKeyUse())) {
            return Optional.empty();
        }
        try {
            return switch (key) {
                case RSAKey rsa -> Optional.of(rsa(rsa));
                case ECKey ec -> Optional.of(of(key, ec(ec.getCurve()), new ECDSAVerifier(ec.toECPublicKey())));
                case OctetKeyPair pair -> edwards(pair);
                default -> throw new UnusableKey("keys of type " + key.getKeyType() + " are not supported");
            };
        } catch (JOSEException | GeneralSecurityException e) {
            throw new UnusableKey(String.valueOf(e.getMessage()));
        }
    }

    private static SigningKey rsa(RSAKey key) throws JOSEException, UnusableKey {
        if (key.size() < MIN_RSA_BITS) {
            throw new UnusableKey("RSA keys need 2048 bits, and this one has " + key.size());
        }
        return of(
                key,
                Set.of(
                        JWSAlgorithm.RS256,
                        JWSAlgorithm.RS384,
                        JWSAlgorithm.RS512,
                        JWSAlgorithm.PS256,
                        JWSAlgorithm.PS384,
                        JWSAlgorithm.PS512),
                new RSASSAVerifier(key.toRSAPublicKey()));
    }

    private static Set<JWSAlgorithm> ec(Curve curve) throws UnusableKey {
        if (curve.equals(Curve.P_256)) {
            return Set.of(JWSAlgorithm.ES256);
        } else if (curve.equals(Curve.P_384)) {
            return Set.of(JWSAlgorithm.ES384);
        } else if (curve.equals(Curve.P_521)) {
            return Set.of(JWSAlgorithm.ES512);
        }
        throw new UnusableKey("the curve " + curve + " is not supported");
    }

    /** Nimbus verifies these signatures only with another library, so the JDK does it. */
    private static Optional<SigningKey> edwards(OctetKeyPair key) throws GeneralSecurityException, UnusableKey {
        if (key.getCurve().equals(Curve.X25519) || key.getCurve().equals(Curve.X448)) {
            return Optional.empty();
        }
        if (!key.getCurve().equals(Curve.Ed25519)) {
            throw new UnusableKey("the curve " + key.getCurve() + " is not supported");
        }
        PublicKey publicKey = edwards(key.getDecodedX());
        return Optional.of(new SigningKey(
                Optional.ofNullable(key.getKeyID()),
                Optional.empty(),
                Set.of(JWSAlgorithm.EdDSA, JWSAlgorithm.Ed25519),
                token -> verified(token, publicKey)));
    }

    /** The point is in little-endian order, and its highest bit is the sign of x (RFC 8032, 5.1.2). */
    private static PublicKey edwards(byte[] littleEndian) throws GeneralSecurityException {
        byte[] y = new byte[littleEndian.length];
        for (int i = 0; i < y.length; i++) {
            y[i] = littleEndian[y.length - 1 - i];
        }
        boolean odd = y.length > 0 && y[0] < 0;
        if (y.length > 0) {
            y[0] &= 0x7f;
        }
        return KeyFactory.getInstance(ED25519)
                .generatePublic(
                        new EdECPublicKeySpec(NamedParameterSpec.ED25519, new EdECPoint(odd, new BigInteger(1, y))));
    }

    private static boolean verified(SignedJWT token, PublicKey key) throws JOSEException {
        try {
            Signature signature = Signature.getInstance(ED25519);
            signature.initVerify(key);
            signature.update(token.getSigningInput());
            return signature.verify(token.getSignature().decode());
        } catch (GeneralSecurityException e) {
            throw new JOSEException(e.getMessage(), e);
        }
    }

    private static SigningKey of(JWK key, Set<JWSAlgorithm> family, JWSVerifier verifier) {
        return new SigningKey(
                Optional.ofNullable(key.getKeyID()),
                Optional.ofNullable(key.getAlgorithm()),
                family,
                token -> token.verify(verifier));
    }

    boolean isFor(JWSAlgorithm used) {
        return family.contains(used) && algorithm.map(used::equals).orElse(true);
    }

    /** Whether the signature is valid; false if it cannot be checked. */
    boolean verifies(SignedJWT token) {
        try {
            return check.passes(token);
        } catch (JOSEException e) {
            return false;
        }
    }
}
