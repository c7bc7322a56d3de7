package io.baigong.journal;

import jakarta.inject.Singleton;
import java.util.Optional;

/** Tests act for the platform, unless they say for whom. */
@Singleton
class PlatformCaller implements CallerTenancy {
    @Override
    public Optional<Tenancy> current() {
        return Optional.of(Tenancy.platform());
    }
}
