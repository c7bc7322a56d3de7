package io.baigong.gateway.proxy;

import java.net.InetAddress;
import java.net.URI;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where no call may go, whatever a server's name leads to: addresses of this link alone (RFC 3927; RFC 4291, section 2.5.6), of
 * many (multicast), of none, and those at which clouds give their machines credentials.
 */
final class Addresses {
    private static final Set<InetAddress> METADATA = Set.of(
            InetAddress.ofLiteral("100.100.100.200"), // Alibaba Cloud
            InetAddress.ofLiteral("168.63.129.16"), // Azure
            InetAddress.ofLiteral("192.0.0.192"), // Oracle Cloud
            InetAddress.ofLiteral("fd00:ec2::254"), // Amazon EC2
            InetAddress.ofLiteral("fd20:ce::254")); // Google Cloud

    private static final Pattern LITERAL = Pattern.compile("[0-9.]+|\\[.*]");

    private Addresses() {}

    /** Whether an address with a number for a name leads to where no call may go. A name is looked at when it is called. */
    static boolean isBarred(URI url) {
        String host = url.getHost();
        return LITERAL.matcher(host).matches() && isBarred(InetAddress.ofLiteral(host.replaceAll("[\\[\\]]", "")));
    }

    /** Whether no call may go there. */
    static boolean isBarred(InetAddress address) {
        return address.isLinkLocalAddress()
                || address.isMulticastAddress()
                || address.isAnyLocalAddress()
                || METADATA.contains(address);
    }
}
