package io.baigong.app;

import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.net.URI;

/** gRPC's way to a suite that runs. */
public final class Channels {
    private Channels() {}

    /** A channel to the suite at that address, to be shut down. */
    public static ManagedChannel to(URI suite) {
        return ManagedChannelBuilder.forAddress(suite.getHost(), suite.getPort())
                .usePlaintext()
                .build();
    }
}
