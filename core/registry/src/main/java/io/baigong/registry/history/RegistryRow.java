package io.baigong.registry.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.baigong.journal.Actor;
import io.baigong.journal.Journal;
import io.baigong.journal.JournalJson;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** A row of {@code registry_entry}. */
@Entity
@Immutable
@Table(name = "registry_entry")
class RegistryRow {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(JournalJson.module())
            // A newer replica may say more.
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /** In the order of commits within a role, which a lock makes one after another. */
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    long seq;

    UUID id;

    String role;

    String type;

    @JdbcTypeCode(SqlTypes.JSON)
    String event;

    @Column(name = "by_tenant")
    String tenant;

    @Column(name = "by_name")
    String name;

    Instant at;

    /** For Hibernate, which then fills the fields. */
    @SuppressWarnings("NullAway.Init")
    protected RegistryRow() {}

    RegistryRow(String role, RegistryEvent event, Actor by) {
        id = Journal.newId();
        this.role = role;
        type = event.type();
        try {
            this.event = JSON.writerFor(RegistryEvent.class).writeValueAsString(event);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("this event can't be written as JSON: " + type, e);
        }
        tenant = by.tenant();
        name = by.name();
        at = Instant.now().truncatedTo(ChronoUnit.MICROS);
    }

    RegistryEntry entry() {
        try {
            return new RegistryEntry(id, role, JSON.readValue(event, RegistryEvent.class), new Actor(tenant, name), at);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the registry holds an event that can't be read: " + id, e);
        }
    }
}
