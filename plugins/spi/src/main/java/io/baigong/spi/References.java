package io.baigong.spi;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * Reference data of a vertical that was imported. Thread-safe. Editions come and go while the suite runs: ask each time, and keep what
 * was read by {@link Edition#sha256}.
 */
public interface References {
    /** Nothing was imported. */
    References NONE = new References() {
        @Override
        public List<Edition> editions() {
            return List.of();
        }

        @Override
        public InputStream open(Edition edition) throws IOException {
            throw new IOException("there is no edition " + edition.name() + " of " + edition.system());
        }
    };

    /** All of them: a system's together, that which came into force last at the end. */
    List<Edition> editions();

    /** What the format that it was imported by wrote. {@link IOException} if it was removed since, or is not what was written. */
    InputStream open(Edition edition) throws IOException;
}
