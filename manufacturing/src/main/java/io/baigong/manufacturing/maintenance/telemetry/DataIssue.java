package io.baigong.manufacturing.maintenance.telemetry;

import io.baigong.spi.LocalText;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something wrong with a machine's data, and what was done about it.
 *
 * @param signal the signal that it is about; null where it is about whole samples
 * @param samples how many
 * @param from the first of them
 * @param to the last of them
 */
public record DataIssue(
        String machine, @Nullable String signal, Kind kind, long samples, Instant from, Instant to, LocalText text) {
    /** What was wrong. */
    public enum Kind {
        DUPLICATE("same sample twice: one kept", "重复样本：保留一个"),
        CONFLICT("two samples of one time differ: the later in the file counts", "同一时刻样本不一致：取文件中靠后者"),
        OUT_OF_ORDER("came after younger samples: put in order", "样本乱序：已重新排序"),
        LATE("came more than a day after younger samples: put in order", "样本迟到一天以上：已重新排序"),
        CLOCK_JUMP("far from all other times, as after a jump of the clock: left out", "时间远离其余样本（时钟跳变）：已剔除"),
        MISSING("hours without a sample: left open", "缺失小时：留空"),
        NOT_A_NUMBER("no number: left open", "非数值：留空"),
        STUCK("the very same value for 12 hours or more: left open", "传感器卡滞（12小时以上同值）：留空"),
        IMPLAUSIBLE(
                "far off what such a machine runs at, another unit perhaps: signal left out",
                "数值超出合理范围（可能单位不同）：该信号未采用"),
        ZONE_MIXED(
                "some times say their offset and some do not: those that do not are taken as of the zone given",
                "部分时间带时区、部分不带：不带者按所给时区理解");

        private final String en;
        private final String zh;

        Kind(String en, String zh) {
            this.en = en;
            this.zh = zh;
        }

        LocalText text() {
            return new LocalText(en, zh);
        }
    }

    /** With the text of its kind. */
    static DataIssue of(String machine, @Nullable Signal signal, Kind kind, long samples, long from, long to) {
        return new DataIssue(
                machine,
                signal == null ? null : signal.column(),
                kind,
                samples,
                Instant.ofEpochSecond(from),
                Instant.ofEpochSecond(to),
                kind.text());
    }
}
