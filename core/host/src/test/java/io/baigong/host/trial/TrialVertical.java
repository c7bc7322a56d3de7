package io.baigong.host.trial;

import io.baigong.spi.ReferenceFormat;
import io.baigong.spi.Task;
import io.baigong.spi.Vertical;
import java.util.List;

/** One task, {@code trial.count-words}, and lists of words. */
public final class TrialVertical implements Vertical {
    @Override
    public String name() {
        return "trial";
    }

    @Override
    public List<ReferenceFormat> references() {
        return List.of(new WordList());
    }

    @Override
    public List<Task<?, ?>> tasks() {
        return List.of(new CountWords());
    }
}
