package io.baigong.app;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMixedDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.ServerRequest;
import io.fabric8.mockwebserver.ServerResponse;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** A mock of a cluster's API server on loopback, which the suite asks. */
public final class ClusterResource implements QuarkusTestResourceLifecycleManager {
    static final String NAMESPACE = "ml";
    private static final String MASTER = "kubernetes.master";

    private static @Nullable KubernetesClient client;

    private @Nullable KubernetesMockServer server;

    /** Speaks to the mock as the cluster's own controller does. */
    static KubernetesClient client() {
        return Objects.requireNonNull(client);
    }

    @Override
    public Map<String, String> start() {
        Map<ServerRequest, Queue<ServerResponse>> responses = new HashMap<>();
        server = new KubernetesMockServer(
                new io.fabric8.mockwebserver.Context(),
                new MockWebServer(),
                responses,
                new KubernetesMixedDispatcher(responses),
                false);
        server.init();
        client = server.createClient();
        System.setProperty(MASTER, client.getMasterUrl().toString());
        return Map.of("baigong.cluster.namespace", NAMESPACE, "baigong.cluster.poll", "PT0.2S");
    }

    @Override
    public void stop() {
        System.clearProperty(MASTER);
        if (client != null) {
            client.close();
        }
        if (server != null) {
            server.destroy();
        }
    }
}
