package io.baigong.host;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.agroal.api.AgroalDataSource;
import io.baigong.gateway.Gateway;
import io.baigong.gateway.QuestionEncoders;
import io.baigong.gateway.admin.RouteAdmin;
import io.baigong.gateway.admin.RouteStore;
import io.baigong.gateway.key.ApiKeys;
import io.baigong.gateway.key.KeyAdmission;
import io.baigong.gateway.key.UsageLedger;
import io.baigong.gateway.key.UsageMeters;
import io.baigong.gateway.proxy.ModelProxy;
import io.baigong.gateway.proxy.ProxyConfig;
import io.baigong.gateway.proxy.Routes;
import io.baigong.gateway.proxy.SemanticCache;
import io.baigong.gateway.proxy.TensorProxy;
import io.baigong.gateway.trace.CallTraces;
import io.baigong.gateway.trace.TraceConfig;
import io.baigong.host.catalogue.Catalogue;
import io.baigong.host.catalogue.TaskSchemas;
import io.baigong.host.model.Gateways;
import io.baigong.host.openai.LocalEmbeddings;
import io.baigong.host.reference.ReferenceConfig;
import io.baigong.host.reference.ReferenceStore;
import io.baigong.host.run.RunConfig;
import io.baigong.host.run.TaskRunner;
import io.baigong.journal.Journal;
import io.baigong.journal.JournalJson;
import io.baigong.registry.ModelConfig;
import io.baigong.registry.Registry;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.jackson.ObjectMapperCustomizer;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** The platform's parts as beans of the running suite. */
@ApplicationScoped
public class PlatformBeans {
    @Produces
    @Singleton
    Catalogue catalogue() {
        return Catalogue.load();
    }

    @Produces
    @Singleton
    TaskSchemas schemas() {
        return new TaskSchemas();
    }

    @Produces
    @Singleton
    Registry registry(Catalogue catalogue, ModelConfig config) {
        return Registry.of(catalogue.tasks(), config.folders());
    }

    @Produces
    @Singleton
    Routes routes(ProxyConfig config, Vertx vertx) {
        return new Routes(config, vertx, InstantSource.system());
    }

    @Produces
    @Singleton
    RouteAdmin admin(Routes routes, RouteStore store) {
        return new RouteAdmin(routes, store);
    }

    void close(@Disposes RouteAdmin admin) {
        admin.close();
    }

    @Produces
    @Singleton
    Gateway gateway(Gateways gateways, Registry registry, RouteAdmin added) {
        return gateways.open(registry); // its chat model may be among what was added
    }

    void close(@Disposes Gateway gateway) {
        gateway.close();
    }

    @Produces
    @Singleton
    UsageLedger ledger(AgroalDataSource database) {
        return new UsageLedger(database);
    }

    void close(@Disposes UsageLedger ledger) {
        ledger.close();
    }

    @Produces
    @Singleton
    UsageMeters meters(MeterRegistry registry) {
        return new UsageMeters(registry);
    }

    @Produces
    @Singleton
    CallTraces traces(TraceConfig config) {
        return CallTraces.of(config);
    }

    void close(@Disposes CallTraces traces) {
        traces.close();
    }

    @Produces
    @Singleton
    KeyAdmission admission(Vertx vertx, ApiKeys keys, AgroalDataSource database, UsageLedger ledger) {
        return new KeyAdmission(vertx, keys, database, ledger, InstantSource.system());
    }

    void close(@Disposes KeyAdmission admission) {
        admission.close();
    }

    @Produces
    @Singleton
    QuestionEncoders questions(Gateway gateway) {
        return new QuestionEncoders(gateway);
    }

    void close(@Disposes QuestionEncoders questions) {
        questions.close();
    }

    @Produces
    @Singleton
    SemanticCache semanticCache(ProxyConfig config, QuestionEncoders questions, MeterRegistry registry) {
        return new SemanticCache(config.semanticCacheBytes(), questions, registry);
    }

    @Produces
    @Singleton
    ModelProxy proxy(
            Vertx vertx,
            ProxyConfig config,
            Routes routes,
            Gateway gateway,
            SemanticCache semantic,
            KeyAdmission admission,
            UsageLedger ledger,
            UsageMeters meters,
            CallTraces traces) {
        return new ModelProxy(
                vertx,
                config,
                routes,
                new LocalEmbeddings(gateway),
                semantic,
                admission,
                ledger.andThen(meters).andThen(traces),
                InstantSource.system());
    }

    @Produces
    @Singleton
    TensorProxy tensors(
            Vertx vertx,
            ProxyConfig config,
            Routes routes,
            RouteAdmin added, // so that what was added is known at once
            KeyAdmission admission,
            UsageLedger ledger,
            UsageMeters meters,
            CallTraces traces) {
        return new TensorProxy(
                vertx, config, routes, admission, ledger.andThen(meters).andThen(traces), InstantSource.system());
    }

    @Produces
    @Singleton
    ReferenceStore references(ReferenceConfig config) {
        return new ReferenceStore(config.folder());
    }

    @Produces
    @Singleton
    TaskRunner runner(Gateway gateway, Journal journal, RunConfig config, ReferenceStore references) {
        return new TaskRunner(gateway, journal::append, config, references, InstantSource.system());
    }

    @Produces
    @Singleton
    ObjectMapperCustomizer storableTexts() {
        return (ObjectMapper mapper) -> mapper.registerModule(JournalJson.module());
    }

    /** Opens the models that verticals ship while nobody waits for them. */
    void warm(@Observes StartupEvent started, Registry registry, Gateway gateway) {
        Thread.ofPlatform()
                .name("warm")
                .daemon()
                .start(() -> registry.roles().stream()
                        .filter(role -> role.shipped().isPresent())
                        .forEach(role -> {
                            try {
                                gateway.warm(role);
                            } catch (RuntimeException e) {
                                System.getLogger(PlatformBeans.class.getName())
                                        .log(System.Logger.Level.WARNING, e.getMessage());
                            }
                        }));
    }
}
