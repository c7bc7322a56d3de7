package io.baigong.host.rest;

import io.baigong.host.catalogue.Catalogue;
import io.baigong.host.rest.Views.ExportView;
import io.baigong.host.run.Exports;
import io.baigong.host.run.GivenFile;
import io.baigong.host.run.Judgements;
import io.baigong.journal.Journal;
import io.baigong.journal.RunRecord;
import io.baigong.journal.StoredAttachment;
import io.baigong.spi.Task;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Exports of runs that are in the journal. */
@ApplicationScoped
class RunExports {
    private final Catalogue catalogue;
    private final Journal journal;

    RunExports(Catalogue catalogue, Journal journal) {
        this.catalogue = catalogue;
        this.journal = journal;
    }

    /** A written export; its reader deletes it. */
    record Written(String mediaType, Path file) {}

    /** The formats that the run's output can be had in. */
    List<ExportView> of(RunRecord run, List<GivenFile> files) throws IOException {
        var task = catalogue.find(run.task());
        String output = run.output();
        if (task.isEmpty() || output == null) {
            return List.of();
        }
        return Exports.supported(task.get(), files, run.fields(), output).stream()
                .map(export -> new ExportView(export.format(), export.mediaType()))
                .toList();
    }

    /** As above, with the files from the journal. */
    List<ExportView> of(RunRecord run) throws IOException {
        var task = catalogue.find(run.task());
        if (task.isEmpty() || task.get().exports().isEmpty() || run.output() == null) {
            return List.of();
        }
        List<GivenFile> files = stored(run);
        try {
            return of(run, files);
        } finally {
            delete(files);
        }
    }

    /** Writes an export to a temporary file; empty if the run's output can't be had in that format. */
    Optional<Written> write(RunRecord run, String format) throws IOException {
        Optional<Task<?, ?>> task = catalogue.find(run.task());
        String output = run.output();
        if (task.isEmpty() || output == null) {
            return Optional.empty();
        }
        var export = task.get().exports().stream()
                .filter(e -> e.format().equals(format))
                .findFirst();
        if (export.isEmpty()) {
            return Optional.empty();
        }
        List<GivenFile> files = stored(run);
        Path target = Files.createTempFile("baigong-export", null);
        boolean written = false;
        try (var out = Files.newOutputStream(target)) {
            written = Exports.write(
                    task.get(), files, run, Judgements.counting(journal.decisions(run.id())), format, out);
        } finally {
            delete(files);
            if (!written) {
                Files.delete(target);
            }
        }
        return written ? Optional.of(new Written(export.get().mediaType(), target)) : Optional.empty();
    }

    private List<GivenFile> stored(RunRecord run) throws IOException {
        List<GivenFile> files = new ArrayList<>();
        for (StoredAttachment attachment : run.attachments()) {
            Path file = Files.createTempFile("baigong-attachment", null);
            files.add(new GivenFile(attachment.component(), attachment.name(), file));
            try (var out = Files.newOutputStream(file)) {
                journal.copy(attachment, out);
            }
        }
        return files;
    }

    private static void delete(List<GivenFile> files) throws IOException {
        for (GivenFile file : files) {
            Files.delete(file.file());
        }
    }
}
