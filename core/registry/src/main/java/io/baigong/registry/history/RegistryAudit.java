package io.baigong.registry.history;

import io.baigong.journal.Occasion;
import io.baigong.journal.audit.AuditEntry;
import io.baigong.journal.audit.AuditKind;
import io.baigong.journal.audit.Digests;
import io.baigong.journal.audit.Moment;
import io.baigong.registry.history.RegistryEvent.Approved;
import io.baigong.registry.history.RegistryEvent.Evaluated;
import io.baigong.registry.history.RegistryEvent.Promoted;
import io.baigong.registry.history.RegistryEvent.Registered;
import io.baigong.registry.history.RegistryEvent.Retired;
import io.baigong.registry.history.RegistryEvent.RolledBack;
import io.baigong.spi.ModelVersion;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What the audit log says of models. */
final class RegistryAudit {
    private RegistryAudit() {}

    static AuditEntry entry(RegistryEntry entry) {
        var detail = new TreeMap<String, String>(Map.of("step", entry.event().type()));
        List<ModelVersion> models = List.of();
        AuditKind kind = AuditKind.PROMOTION;
        switch (entry.event()) {
            case Registered event -> {
                kind = AuditKind.CONFIGURATION;
                detail.put("version", String.valueOf(event.number()));
                models = List.of(new ModelVersion(
                        entry.role(), event.name(), event.label(), event.sha256(), event.parameters()));
            }
            case Evaluated event -> {
                kind = AuditKind.CONFIGURATION;
                detail.put("version", String.valueOf(event.number()));
                detail.put("benchmark", event.benchmark());
            }
            case Approved(int number, var _, String override) -> {
                detail.put("version", String.valueOf(number));
                if (override != null) {
                    kind = AuditKind.GATE_OVERRIDE;
                    detail.put("reason", override);
                }
            }
            case Promoted(int number, String reason, List<Share> shares) -> {
                put(detail, number, reason);
                put(detail, shares);
            }
            case RolledBack(int number, String reason, List<Share> shares) -> {
                put(detail, number, reason);
                put(detail, shares);
            }
            case Retired(int number, String reason) -> put(detail, number, reason);
        }
        return new AuditEntry(
                entry.id(),
                kind,
                entry.by(),
                Moment.now(),
                entry.role(),
                null,
                models,
                Digests.NONE,
                List.of(),
                Occasion.NONE,
                detail);
    }

    /** Such as {@code 1=90,2=10}; one version that gets all runs is not said to. */
    private static void put(Map<String, String> detail, List<Share> shares) {
        if (shares.size() > 1) {
            detail.put(
                    "shares",
                    shares.stream()
                            .map(share -> share.number() + "=" + share.percent())
                            .collect(Collectors.joining(",")));
        }
    }

    private static void put(Map<String, String> detail, int number, String reason) {
        detail.put("version", String.valueOf(number));
        detail.put("reason", reason);
    }
}
