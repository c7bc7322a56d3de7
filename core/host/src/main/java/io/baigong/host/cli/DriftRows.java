package io.baigong.host.cli;

import io.baigong.host.cli.Baigong.WrongUsage;
import io.baigong.host.decay.Reading;
import io.baigong.host.decay.RunSignals;
import io.baigong.host.run.GivenFile;
import io.baigong.host.run.RunRequest;
import io.baigong.host.run.TaskRunner;
import io.baigong.journal.Actor;
import io.baigong.journal.RunRecord;
import io.baigong.spi.Progress;
import io.baigong.spi.Signal;
import io.baigong.spi.Task;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.zip.GZIPInputStream;

/**
 * Rows of a table, each run as it is and with a shifted column.
 *
 * @param plain what the watch sees of each row
 * @param shifted the same with the shift
 */
record DriftRows(List<Seen> plain, List<Seen> shifted) {
    /**
     * A run that the watch sees, and whether its answer is true.
     *
     * @param right whether the answer is what the table says, on which people who know it agree
     */
    record Seen(Reading reading, boolean right) {}

    /**
     * How a row becomes a run.
     *
     * @param component the file that it is given as, with the table's header
     * @param fields other components
     * @param column whose values shift
     * @param shift in the column's unit
     * @param truth column that says what was the case; 0 for no
     * @param answer label of the output, and the word that it has for yes
     */
    record Plan(
            String component,
            Map<String, String> fields,
            String column,
            double shift,
            String truth,
            Map.Entry<String, String> answer) {}

    /** Runs each row of a file with commas between its cells. */
    static DriftRows run(Task<?, ?> task, TaskRunner runner, Path data, Plan plan, Progress progress)
            throws IOException {
        List<String> lines = lines(data);
        List<String> header = List.of(lines.getFirst().split(",", -1));
        int column = column(header, plan.column());
        int truth = column(header, plan.truth());
        var plain = new ArrayList<Seen>();
        var shifted = new ArrayList<Seen>();
        Path file = Files.createTempFile("baigong-row", ".csv");
        try {
            for (String line : lines.subList(1, lines.size())) {
                String[] cells = line.split(",", -1);
                boolean yes = Double.parseDouble(cells[truth]) > 0;
                plain.add(seen(task, runner, plan, write(file, lines.getFirst(), cells), yes));
                cells[column] = Double.toString(Double.parseDouble(cells[column]) + plan.shift());
                shifted.add(seen(task, runner, plan, write(file, lines.getFirst(), cells), yes));
                progress.at((double) plain.size() / lines.size(), "running each row as it is and shifted");
            }
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            throw new WrongUsage("row " + (plain.size() + 1) + " of " + data + " has no number where one belongs");
        } finally {
            Files.delete(file);
        }
        return new DriftRows(plain, shifted);
    }

    private static List<String> lines(Path data) throws IOException {
        String name = data.getFileName().toString();
        try (InputStream in = Files.newInputStream(data);
                var reader = new BufferedReader(new InputStreamReader(
                        name.endsWith(".gz") ? new GZIPInputStream(in) : in, StandardCharsets.UTF_8))) {
            List<String> lines = reader.lines().filter(line -> !line.isBlank()).toList();
            if (lines.size() < 2) {
                throw new WrongUsage(data + " holds no rows: a header and a row a run are needed, with commas between");
            }
            return lines;
        }
    }

    private static int column(List<String> header, String name) {
        int column = header.indexOf(name);
        if (column < 0) {
            throw new WrongUsage("there is no column " + name + "; the columns are " + String.join(", ", header));
        }
        return column;
    }

    private static Path write(Path file, String header, String[] cells) throws IOException {
        return Files.writeString(file, header + "\n" + String.join(",", cells) + "\n");
    }

    private static Seen seen(Task<?, ?> task, TaskRunner runner, Plan plan, Path row, boolean yes) throws IOException {
        List<GivenFile> files = List.of(new GivenFile(plan.component(), "row.csv", row));
        RunRecord run = runner.run(new RunRequest(
                        task, files, plan.fields(), Actor.of(System.getProperty("user.name")), OptionalLong.of(1)))
                .entry();
        Double confidence = run.ending() instanceof RunRecord.Answered answered ? answered.confidence() : null;
        List<Signal> signals = RunSignals.of(task, run, files);
        boolean said = signals.stream()
                .anyMatch(signal -> signal instanceof Signal.Label label
                        && label.side() == Signal.Side.OUTPUT
                        && label.name().equals(plan.answer().getKey())
                        && label.value().equals(plan.answer().getValue()));
        return new Seen(new Reading(run.ending().status(), confidence, signals), said == yes);
    }
}
