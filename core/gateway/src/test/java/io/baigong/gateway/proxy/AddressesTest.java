package io.baigong.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.net.SocketAddress;
import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "169.254.169.254",
                "169.254.0.1",
                "100.100.100.200",
                "168.63.129.16",
                "192.0.0.192",
                "0.0.0.0",
                "224.0.0.1",
                "[fe80::1]",
                "[fd00:ec2::254]",
                "[fd20:ce::254]",
                "[::]",
                "[ff02::1]",
                "[::ffff:169.254.169.254]"
            })
    void noCallGoesToThisLinkToManyToNobodyOrToACloudsCredentials(String host) {
        assertThat(Addresses.isBarred(URI.create("http://" + host + ":80/v1"))).isTrue();
        assertThat(Backend.isBarred(SocketAddress.inetSocketAddress(80, host.replaceAll("[\\[\\]]", ""))))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "10.0.0.7", "192.168.1.1", "8.8.8.8", "[::1]", "[fd00::7]"})
    void serversOfAHouseAndOfOthersAreCalled(String host) {
        assertThat(Addresses.isBarred(URI.create("http://" + host + ":80/v1"))).isFalse();
        assertThat(Backend.isBarred(SocketAddress.inetSocketAddress(80, host.replaceAll("[\\[\\]]", ""))))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"models.example.com", "localhost", "1e100.net", "3com"})
    void aNameIsLookedAtWhenItIsCalled(String host) {
        assertThat(Addresses.isBarred(URI.create("http://" + host + "/v1"))).isFalse();
    }
}
