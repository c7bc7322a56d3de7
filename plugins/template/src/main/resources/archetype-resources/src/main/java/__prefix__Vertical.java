package ${package};

import io.baigong.spi.Task;
import io.baigong.spi.Vertical;
import java.util.List;

/** The ${artifactId} vertical. */
public final class ${prefix}Vertical implements Vertical {
    private final List<Task<?, ?>> tasks = List.of(new TimeLimitTask());

    @Override
    public String name() {
        return TimeLimitTask.ID.vertical();
    }

    @Override
    public List<Task<?, ?>> tasks() {
        return tasks;
    }
}
