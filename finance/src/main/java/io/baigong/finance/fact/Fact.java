package io.baigong.finance.fact;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.baigong.finance.review.ContractReview.Region;
import io.baigong.spi.LocalText;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A typed value read from a contract, with the words it was read from.
 *
 * @param start first UTF-16 unit of the words, {@code [start, end)}
 */
public record Fact(Kind kind, String title, Value value, int start, int end, String quote, List<Region> regions) {
    /** What the value says of the contract. */
    public enum Kind {
        TITLE("Title", "合同名称"),
        PARTY("Party", "合同主体"),
        AGREEMENT_DATE("Agreement date", "签订日期"),
        EFFECTIVE_DATE("Effective date", "生效日期"),
        EXPIRATION_DATE("Expiration date", "到期日"),
        TERM("Term", "合同期限"),
        RENEWAL_TERM("Renewal term", "续期期限"),
        RENEWAL_NOTICE("Notice to stop renewal", "不续期通知期"),
        TERMINATION_NOTICE("Notice of termination", "解除通知期"),
        GOVERNING_LAW("Governing law", "适用法律"),
        LIABILITY_CAP("Liability cap", "责任上限");

        private final String en;
        private final String zh;

        Kind(String en, String zh) {
            this.en = en;
            this.zh = zh;
        }

        /** What it is called on a page. */
        public LocalText title() {
            return new LocalText(en, zh);
        }
    }

    /** A typed value. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Text.class, name = "text"),
        @JsonSubTypes.Type(value = Party.class, name = "party"),
        @JsonSubTypes.Type(value = Day.class, name = "date"),
        @JsonSubTypes.Type(value = Span.class, name = "period"),
        @JsonSubTypes.Type(value = Money.class, name = "money"),
        @JsonSubTypes.Type(value = Multiple.class, name = "multiple")
    })
    public sealed interface Value {
        /** The value in one line, for a table. */
        @JsonProperty(access = JsonProperty.Access.READ_ONLY)
        String shown();
    }

    /** A name, such as a jurisdiction. */
    public record Text(String text) implements Value {
        @Override
        public String shown() {
            return text;
        }
    }

    /**
     * A party.
     *
     * @param alias the defined term that the contract uses for it, such as {@code Supplier}
     */
    public record Party(String name, @Nullable String alias) implements Value {
        @Override
        public String shown() {
            return alias == null ? name : name + " (“" + alias + "”)";
        }
    }

    /** A calendar day. */
    public record Day(LocalDate date) implements Value {
        @Override
        public String shown() {
            return date.toString();
        }
    }

    /**
     * A period of time.
     *
     * @param unit {@code DAY}, {@code BUSINESS_DAY}, {@code WEEK}, {@code MONTH} or {@code YEAR}
     * @param perpetual without end; then {@code count} is 0
     */
    public record Span(int count, String unit, boolean perpetual) implements Value {
        @Override
        public String shown() {
            return perpetual
                    ? "perpetual"
                    : count + " " + unit.toLowerCase(java.util.Locale.ROOT).replace('_', ' ') + (count == 1 ? "" : "s");
        }
    }

    /** An amount; currency as ISO 4217. */
    public record Money(BigDecimal amount, String currency) implements Value {
        @Override
        public String shown() {
            return currency + " " + amount.toPlainString();
        }
    }

    /**
     * A cap stated relative to something else, such as the fees of the last twelve months.
     *
     * @param factor how many times, or the share, of {@code basis}
     * @param months length of the period that {@code basis} covers; 0 when none is stated
     */
    public record Multiple(BigDecimal factor, String basis, int months) implements Value {
        @Override
        public String shown() {
            return factor.stripTrailingZeros().toPlainString() + " × " + basis
                    + (months == 0 ? "" : " (" + months + " months)");
        }
    }
}
