package io.baigong.host.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;

class VouchedTest {
    @Test
    void groupsBelowTenantsAreTenantsAndNoOthers() {
        assertThat(Vouched.tenants(Set.of("/tenants/acme"))).containsExactly("acme");
        assertThat(Vouched.tenants(Set.of("/tenants/acme/clerks", "/tenants/acme", "/staff")))
                .containsExactly("acme");
        assertThat(Vouched.tenants(Set.of("/tenants/acme", "/tenants/default"))).containsExactly("acme", "default");
        assertThat(Vouched.tenants(Set.of(
                        "acme",
                        "/acme",
                        "tenants/acme",
                        "/tenants",
                        "/tenants/",
                        "/tenants//acme",
                        "/tenants/*",
                        "/tenants/Acme",
                        "/tenants/a b",
                        "/staff/tenants/acme")))
                .isEmpty();
        assertThat(Vouched.tenants(null)).isEmpty();
    }

    @Test
    void tokensAreReadWithTheSessionsTokenAlone() {
        var tokens = new SealedTokens("refresh", "id");
        byte[] sealed = tokens.sealed("a session");
        assertThat(SealedTokens.opened("a session", sealed)).isEqualTo(tokens);
        assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("refresh");
        assertThat(tokens.sealed("a session")).isNotEqualTo(sealed);
        assertThatIllegalStateException().isThrownBy(() -> SealedTokens.opened("another", sealed));
        sealed[sealed.length - 1] ^= 1;
        assertThatIllegalStateException().isThrownBy(() -> SealedTokens.opened("a session", sealed));
    }
}
