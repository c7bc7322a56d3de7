package io.baigong.host.model;

import io.baigong.gateway.Gateway;
import io.baigong.spi.ModelException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready when the encoder in this process answers. Servers elsewhere are not asked: that may cost money, and while one of them fails
 * an instance that is taken out helps nobody.
 */
@Readiness
@ApplicationScoped
public class ModelReadiness implements HealthCheck {
    private static final String NAME = "models";

    private final Gateway gateway;

    ModelReadiness(Gateway gateway) {
        this.gateway = gateway;
    }

    @Override
    public HealthCheckResponse call() {
        String encoder = gateway.encoders().iterator().next();
        try {
            gateway.embed(encoder, List.of("ready"));
            return HealthCheckResponse.named(NAME)
                    .up()
                    .withData("answers", encoder)
                    .build();
        } catch (ModelException e) {
            System.getLogger(ModelReadiness.class.getName())
                    .log(System.Logger.Level.ERROR, encoder + " does not answer", e);
            return HealthCheckResponse.named(NAME)
                    .down()
                    .withData("silent", encoder)
                    .build();
        }
    }
}
