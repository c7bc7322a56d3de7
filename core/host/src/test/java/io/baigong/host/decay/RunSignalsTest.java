package io.baigong.host.decay;

import static org.assertj.core.api.Assertions.assertThat;

import io.baigong.host.trial.CountWords;
import io.baigong.journal.Actor;
import io.baigong.journal.RunRecord;
import io.baigong.journal.StoredAttachment;
import io.baigong.spi.ModelVersion;
import io.baigong.spi.Signal;
import io.baigong.spi.Signal.Side;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RunSignalsTest {
    private static final String SECRET = "Zhang San";

    private static RunRecord run(RunRecord.Ending ending) {
        return new RunRecord(
                UUID.randomUUID(),
                "trial.count-words",
                ending,
                List.of(),
                "0".repeat(64),
                List.of(new StoredAttachment("document", SECRET + ".txt", "text/plain", "0".repeat(64), 120)),
                Map.of("letters", "LOWER_CASE", "longest", "12", "without", "[\"" + SECRET + "\", \"b\"]"),
                Instant.EPOCH,
                Duration.ZERO,
                Actor.of("li"));
    }

    @Test
    void showsFiguresAndConstantsAndNoText() {
        var answered = new RunRecord.Answered(
                "{\"text\": \"" + SECRET + "\", \"counts\": [{}, {}, {}], \"total\": 7}", List.of(), 0, 0.9);

        List<Signal> signals = RunSignals.of(new CountWords(), run(answered), List.of());

        assertThat(signals)
                .containsExactlyInAnyOrder(
                        Signal.input("document.bytes", 120.0),
                        Signal.input("document.type", "text/plain"),
                        Signal.input("letters", "LOWER_CASE"),
                        Signal.input("longest", 12.0),
                        Signal.input("without.items", 2.0),
                        Signal.output("counts.items", 3.0),
                        Signal.output("total", 7.0));
        assertThat(SignalJson.write(signals)).doesNotContain("Zhang");
        assertThat(SignalJson.read(SignalJson.write(signals))).containsExactlyInAnyOrderElementsOf(signals);
    }

    @Test
    void ofARunThatFailedOnlyItsInputShows() {
        List<Signal> signals =
                RunSignals.of(new CountWords(), run(new RunRecord.Failed("empty", "detail", "remedy")), List.of());

        assertThat(signals).isNotEmpty().extracting(Signal::side).containsOnly(Side.INPUT);
    }

    @Test
    void figuresThatAreNoneAreLeftOut() {
        assertThat(SignalJson.read(SignalJson.write(List.of(Signal.input("a", Double.NaN), Signal.input("b", 1)))))
                .containsExactly(Signal.input("b", 1.0));
    }

    @Test
    void runsThatTheSameVersionsAnsweredAreOneSeries() {
        var tagger = new ModelVersion("finance.tagger", "tagger", "1", "a", 0);
        var reader = new ModelVersion("platform.ocr", "ocr", "4", "b", 0);
        var later = new ModelVersion("finance.tagger", "tagger", "2", "c", 0);

        assertThat(Series.id(List.of(tagger, reader))).isEqualTo(Series.id(List.of(reader, tagger)));
        assertThat(Series.id(List.of(later, reader))).isNotEqualTo(Series.id(List.of(tagger, reader)));
        assertThat(Series.id(List.of())).isNotEqualTo(Series.ALL);
    }
}
