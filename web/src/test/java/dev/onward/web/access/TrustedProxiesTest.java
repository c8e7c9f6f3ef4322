package dev.onward.web.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedProxiesTest {

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 127.0.0.1",
        "'127.0.0.0/8,::1', 127.9.8.7",
        "'127.0.0.0/8,::1', ::1",
        "'10.1.0.0/16, 10.2.0.0/15', 10.3.4.5",
        "10.0.0.0/8, ::ffff:10.3.4.5",
        "0.0.0.0/0, 192.0.2.1",
        "2001:db8::/33, 2001:db8:7fff::1",
    })
    void trustsTheConfiguredAddressesAndNetworks(String proxies, String peer) throws UnknownHostException {
        assertThat(TrustedProxies.parse(proxies).trust(InetAddress.getByName(peer)))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "none, 127.0.0.1",
        "127.0.0.1, 127.0.0.2",
        "10.1.0.0/16, 10.2.0.1",
        "0.0.0.0/0, ::1",
        "::/0, 127.0.0.1",
        "2001:db8::/33, 2001:db8:8000::1",
    })
    void trustsNoOtherAddress(String proxies, String peer) throws UnknownHostException {
        assertThat(TrustedProxies.parse(proxies).trust(InetAddress.getByName(peer)))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "127.0.0.1,",
                "10.0.0.0/",
                "10.0.0.0/33",
                "::1/129",
                "10.0.0.0/8/8",
                "300.1.1.1",
                "dead.beef"
            })
    void acceptsLiteralAddressesOnly(String proxies) {
        assertThatIllegalArgumentException().isThrownBy(() -> TrustedProxies.parse(proxies));
    }
}
