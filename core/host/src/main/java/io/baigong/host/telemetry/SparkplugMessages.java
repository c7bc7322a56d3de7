package io.baigong.host.telemetry;

import com.google.protobuf.InvalidProtocolBufferException;
import io.baigong.host.telemetry.proto.SparkplugMetric;
import io.baigong.host.telemetry.proto.SparkplugPayload;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Eclipse Sparkplug B, as a host application hears it (Sparkplug Specification 3.0.0, sections 4 to 6): births name metrics and their
 * aliases, data follows by alias, sequence numbers tell of what was lost, and deaths end what stands. A machine is a device, or the edge
 * node itself for metrics of its own.
 */
final class SparkplugMessages implements MessageReader {
    static final String NAMESPACE = "spBv1.0";
    static final String REBIRTH = "Node Control/Rebirth";

    private static final String DEATH_NUMBER = "bdSeq";
    private static final int MOST_NODES = 10_000;
    private static final int MOST_METRICS = 10_000;

    /** A node is asked to be born anew at most so often. */
    private static final Duration ASK = Duration.ofSeconds(10);

    private final Map<String, Node> nodes = new HashMap<>();
    private final Consumer<String> rebirth;

    /** Asks for rebirths by giving {@code rebirth} the topic of the command. */
    SparkplugMessages(Consumer<String> rebirth) {
        this.rebirth = rebirth;
    }

    private static final class Node {
        private final String name;
        private final String command;
        private boolean born;
        private long deathNumber = -1;
        private long sequence;
        private Instant asked = Instant.MIN;
        private final Map<Long, String> aliases = new HashMap<>();

        /** Data types as births tell them, by device and name; data leave them out. */
        private final Map<List<String>, Integer> types = new HashMap<>();

        /** Last values of what is alive, by device; those of the node itself by its own name. */
        private final Map<String, Map<String, Double>> alive = new LinkedHashMap<>();

        Node(String name, String command) {
            this.name = name;
            this.command = command;
        }
    }

    @Override
    public List<Arrival> read(String topic, byte[] bytes, Instant arrived) throws MalformedMessage {
        String[] levels = topic.split("/", -1);
        if (levels.length == 3 && levels[1].equals("STATE")) {
            return List.of();
        }
        boolean ofDevice = levels.length == 5 && levels[2].startsWith("D");
        if (!levels[0].equals(NAMESPACE) || (!ofDevice && (levels.length != 4 || !levels[2].startsWith("N")))) {
            throw new MalformedMessage("no topic of " + NAMESPACE);
        }
        if (levels[2].equals("NCMD") || levels[2].equals("DCMD")) {
            return List.of();
        }
        SparkplugPayload payload = parsed(bytes);
        Node node = node(levels);
        return switch (levels[2]) {
            case "NBIRTH" -> nodeBirth(node, payload, arrived);
            case "NDEATH" -> nodeDeath(node, payload);
            case "NDATA" -> inSequence(node, payload, arrived) ? data(node, node.name, payload, arrived) : List.of();
            case "DBIRTH" -> inSequence(node, payload, arrived) ? born(node, levels[4], payload, arrived) : List.of();
            case "DDATA" -> deviceData(node, levels[4], payload, arrived);
            case "DDEATH" -> {
                if (inSequence(node, payload, arrived)) {
                    node.alive.remove(levels[4]);
                }
                yield List.of();
            }
            default -> throw new MalformedMessage("no message of " + NAMESPACE);
        };
    }

    private static SparkplugPayload parsed(byte[] bytes) throws MalformedMessage {
        try {
            SparkplugPayload payload = SparkplugPayload.parseFrom(bytes);
            if (payload.getMetricsCount() > MOST_METRICS) {
                throw new MalformedMessage("more than " + MOST_METRICS + " metrics");
            }
            return payload;
        } catch (InvalidProtocolBufferException e) {
            throw new MalformedMessage("no payload of Sparkplug B");
        }
    }

    private Node node(String[] levels) throws MalformedMessage {
        String key = levels[1] + "/" + levels[3];
        Node node = nodes.get(key);
        if (node == null) {
            if (nodes.size() >= MOST_NODES) {
                throw new MalformedMessage("more than " + MOST_NODES + " edge nodes");
            }
            node = new Node(levels[3], NAMESPACE + "/" + levels[1] + "/NCMD/" + levels[3]);
            nodes.put(key, node);
        }
        return node;
    }

    private static List<Arrival> nodeBirth(Node node, SparkplugPayload payload, Instant arrived)
            throws MalformedMessage {
        if (payload.getSeq() != 0) {
            throw new MalformedMessage("a node is born with the sequence number 0");
        }
        node.born = true;
        node.sequence = 0;
        node.deathNumber = deathNumber(payload);
        node.aliases.clear();
        node.types.clear();
        node.alive.clear();
        return born(node, node.name, payload, arrived);
    }

    private static long deathNumber(SparkplugPayload payload) {
        return payload.getMetricsList().stream()
                .filter(metric -> metric.getName().equals(DEATH_NUMBER))
                .mapToLong(metric -> (long) value(metric, metric.getDatatype()))
                .findFirst()
                .orElse(-1);
    }

    /** The will of a connection that was replaced may come after the next birth: it has another number. */
    private static List<Arrival> nodeDeath(Node node, SparkplugPayload payload) {
        if (deathNumber(payload) == node.deathNumber) {
            node.born = false;
            node.alive.clear();
        }
        return List.of();
    }

    private static List<Arrival> born(Node node, String device, SparkplugPayload payload, Instant arrived) {
        for (SparkplugMetric metric : payload.getMetricsList()) {
            if (metric.hasAlias() && metric.hasName() && node.aliases.size() < MOST_METRICS) {
                node.aliases.put(metric.getAlias(), metric.getName());
            }
            if (metric.hasDatatype() && node.types.size() < MOST_METRICS) {
                node.types.put(List.of(device, metric.getName()), metric.getDatatype());
            }
        }
        node.alive.put(device, new HashMap<>());
        return data(node, device, payload, arrived);
    }

    private List<Arrival> deviceData(Node node, String device, SparkplugPayload payload, Instant arrived) {
        if (!inSequence(node, payload, arrived)) {
            return List.of();
        }
        if (!node.alive.containsKey(device)) {
            askRebirth(node, arrived);
            return List.of();
        }
        return data(node, device, payload, arrived);
    }

    /** Whether the node is known; after a gap it is, but what was missed may have been a birth. */
    private boolean inSequence(Node node, SparkplugPayload payload, Instant arrived) {
        if (!node.born) {
            askRebirth(node, arrived);
            return false;
        }
        long expected = (node.sequence + 1) & 0xff;
        if (payload.getSeq() != expected) {
            askRebirth(node, arrived);
        }
        node.sequence = payload.getSeq() & 0xff;
        return true;
    }

    private void askRebirth(Node node, Instant arrived) {
        if (node.asked.equals(Instant.MIN) || !arrived.isBefore(node.asked.plus(ASK))) {
            node.asked = arrived;
            rebirth.accept(node.command);
        }
    }

    /** The command that asks a node to be born anew. */
    static byte[] rebirthCommand(Instant now) {
        return SparkplugPayload.newBuilder()
                .setTimestamp(now.toEpochMilli())
                .addMetrics(SparkplugMetric.newBuilder()
                        .setName(REBIRTH)
                        .setTimestamp(now.toEpochMilli())
                        .setDatatype(11)
                        .setBooleanValue(true))
                .build()
                .toByteArray();
    }

    private static List<Arrival> data(Node node, String device, SparkplugPayload payload, Instant arrived) {
        Map<String, Double> last = node.alive.get(device);
        Map<Instant, Map<String, Double>> byTime = new LinkedHashMap<>();
        for (SparkplugMetric metric : payload.getMetricsList()) {
            String name = metric.hasName() && !metric.getName().isEmpty()
                    ? metric.getName()
                    : node.aliases.get(metric.getAlias());
            if (name == null) {
                continue;
            }
            double value = value(
                    metric,
                    metric.hasDatatype() ? metric.getDatatype() : node.types.getOrDefault(List.of(device, name), 0));
            if (!metric.getIsHistorical() && last != null) {
                if (Double.isNaN(value)) {
                    last.remove(name);
                } else {
                    last.put(name, value);
                }
            }
            if (!Double.isNaN(value)) {
                Instant time = metric.hasTimestamp()
                        ? Instant.ofEpochMilli(metric.getTimestamp())
                        : payload.hasTimestamp() ? Instant.ofEpochMilli(payload.getTimestamp()) : arrived;
                byTime.computeIfAbsent(time, _ -> new HashMap<>()).put(name, value);
            }
        }
        var arrivals = new ArrayList<Arrival>();
        byTime.forEach((time, values) -> arrivals.add(new Arrival(device, time, values)));
        return arrivals;
    }

    /** A number by the type that the metric has; not a number for what is none. Truth values are 0 and 1. */
    private static double value(SparkplugMetric metric, int type) {
        if (metric.getIsNull()) {
            return Double.NaN;
        }
        return switch (metric.getValueCase()) {
            case INT_VALUE ->
                switch (type) {
                    case 1 -> (byte) metric.getIntValue();
                    case 2 -> (short) metric.getIntValue();
                    case 3 -> metric.getIntValue();
                    default -> Integer.toUnsignedLong(metric.getIntValue());
                };
            case LONG_VALUE -> metric.getLongValue();
            case FLOAT_VALUE -> metric.getFloatValue();
            case DOUBLE_VALUE -> metric.getDoubleValue();
            case BOOLEAN_VALUE -> metric.getBooleanValue() ? 1 : 0;
            case VALUE_NOT_SET -> Double.NaN;
        };
    }

    @Override
    public List<Arrival> standing() {
        var standing = new ArrayList<Arrival>();
        for (Node node : nodes.values()) {
            node.alive.forEach((device, values) -> {
                if (!values.isEmpty()) {
                    standing.add(new Arrival(device, Instant.EPOCH, Map.copyOf(values)));
                }
            });
        }
        return standing;
    }

    /** Deaths may have been missed, so nothing stands until each node is born anew; data of one not yet born asks it to be. */
    @Override
    public void reconnected() {
        nodes.values().forEach(node -> {
            node.born = false;
            node.alive.clear();
        });
    }
}
