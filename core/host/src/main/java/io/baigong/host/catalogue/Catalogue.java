package io.baigong.host.catalogue;

import io.baigong.spi.Task;
import io.baigong.spi.TaskId;
import io.baigong.spi.Vertical;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;

/** Every task of every vertical on the class path, in a fixed order. Immutable. */
public final class Catalogue {
    private final List<Vertical> verticals;
    private final Map<String, Task<?, ?>> tasks;

    private Catalogue(List<? extends Vertical> verticals, Map<String, Task<?, ?>> tasks) {
        this.verticals = List.copyOf(verticals);
        this.tasks = Collections.unmodifiableMap(tasks);
    }

    /** The verticals that {@link ServiceLoader} finds. */
    public static Catalogue load() {
        return of(ServiceLoader.load(Vertical.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList());
    }

    /**
     * These verticals.
     *
     * @throws IllegalStateException if two claim one name, or a task stands outside of its vertical
     */
    public static Catalogue of(List<? extends Vertical> verticals) {
        var tasks = new LinkedHashMap<String, Task<?, ?>>();
        var names = new LinkedHashMap<String, Vertical>();
        for (Vertical vertical : verticals) {
            Vertical other = names.putIfAbsent(vertical.name(), vertical);
            if (other != null) {
                throw new IllegalStateException("two verticals are named " + vertical.name() + ": "
                        + other.getClass().getName() + " and "
                        + vertical.getClass().getName());
            }
            for (Task<?, ?> task : vertical.tasks()) {
                TaskId id = task.id();
                if (!id.vertical().equals(vertical.name())) {
                    throw new IllegalStateException("task " + id + " belongs to vertical " + vertical.name()
                            + ", so that its id must start with " + vertical.name());
                }
                if (tasks.putIfAbsent(id.toString(), task) != null) {
                    throw new IllegalStateException("two tasks are named " + id);
                }
            }
        }
        return new Catalogue(verticals, tasks);
    }

    public List<Vertical> verticals() {
        return verticals;
    }

    public Collection<Task<?, ?>> tasks() {
        return tasks.values();
    }

    /** The task of that id, such as {@code finance.contract-review}. */
    public Optional<Task<?, ?>> find(String id) {
        return Optional.ofNullable(tasks.get(id));
    }
}
