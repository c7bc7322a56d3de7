package io.baigong.medical;

import io.baigong.medical.code.IcdFiles;
import io.baigong.medical.code.ListFile;
import io.baigong.medical.coding.IcdCodingTask;
import io.baigong.medical.term.TermNormalisationTask;
import io.baigong.spi.ReferenceFormat;
import io.baigong.spi.Task;
import io.baigong.spi.Vertical;
import java.util.List;

/** Medical coding: from what a clinician wrote to the codes of a classification. */
public final class MedicalVertical implements Vertical {
    private final List<Task<?, ?>> tasks = List.of(new IcdCodingTask(), new TermNormalisationTask());

    @Override
    public String name() {
        return "medical";
    }

    @Override
    public List<ReferenceFormat> references() {
        return List.of(new IcdFiles(), new ListFile());
    }

    @Override
    public List<Task<?, ?>> tasks() {
        return tasks;
    }
}
