package io.baigong.app.browser;

import io.restassured.path.json.JsonPath;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** JSON Web Tokens (RFC 7519) in compact form, taken apart and forged. */
final class Tokens {
    private Tokens() {}

    /** The name of the key that signed it. */
    static String kid(String token) {
        return JsonPath.from(text(token.split("\\.", -1)[0])).getString("kid");
    }

    /** A part of a token as JSON. */
    static String text(String part) {
        return new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
    }

    /** A token of these parts, whatever its signature. */
    static String signed(String header, String claims, String signature) {
        return base64(header.getBytes(StandardCharsets.UTF_8)) + "." + base64(claims.getBytes(StandardCharsets.UTF_8))
                + "." + signature;
    }

    /** Signed with RS256. */
    static String rsa(String header, String claims, PrivateKey key) throws Exception {
        String text = signed(header, claims, "");
        var signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(key);
        signature.update(text.substring(0, text.length() - 1).getBytes(StandardCharsets.UTF_8));
        return text + base64(signature.sign());
    }

    /** Signed with HS256. */
    static String hmac(String header, String claims, byte[] secret) throws Exception {
        String text = signed(header, claims, "");
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret, "HmacSHA256"));
        return text + base64(mac.doFinal(text.substring(0, text.length() - 1).getBytes(StandardCharsets.UTF_8)));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
