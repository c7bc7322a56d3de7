package io.baigong.testkit.planted;

import io.baigong.spi.ReferenceFormat;
import io.baigong.spi.Task;
import io.baigong.spi.Vertical;
import java.util.List;

/** A sound vertical, or one with one fault. */
public class PlantedVertical implements Vertical {
    private final Fault fault;

    public PlantedVertical() {
        this(Fault.NONE);
    }

    public PlantedVertical(Fault fault) {
        this.fault = fault;
    }

    @Override
    public String name() {
        return "planted";
    }

    @Override
    public List<ReferenceFormat> references() {
        return List.of(new VerbList(fault));
    }

    @Override
    public List<Task<?, ?>> tasks() {
        var task = new DutyTask(fault);
        return fault == Fault.TASK_TWICE ? List.of(task, task) : List.of(task);
    }
}
