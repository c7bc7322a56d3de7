package io.baigong.testkit.planted;

import java.util.Set;

/** What can be wrong with a {@link PlantedVertical}, and the checks of the kit that must see it: these and no other. */
public enum Fault {
    NONE,
    FOREIGN_TASK("namesItsTasks"),
    TASK_TWICE("namesItsTasks"),
    ENGLISH_IN_CHINESE_TITLE("speaksEnglishAndChinese"),
    BLANK_COLUMN_TITLE("speaksEnglishAndChinese"),
    FOREIGN_ROLE("declaresItsRoles"),
    SHIPPED_MODEL_MISSING("declaresItsRoles"),
    BENCHMARK_WITH_BLANK("namesItsBenchmarksAndRecipes"),
    RECIPE_NOT_MEASURED("namesItsBenchmarksAndRecipes"),
    CORRECTIONS_OF_NO_RECIPE("namesItsBenchmarksAndRecipes"),
    NO_SAMPLE("samplesFitTheirInput"),
    SAMPLE_WITH_UNKNOWN_FIELD("samplesFitTheirInput"),
    ABSTAINS_WITH_CHAT("answersItsSamples"),
    NEEDS_CHAT("answersWithoutAChatModel"),
    WRONG_QUOTE("evidenceStandsInItsSource", "badInputFailsWithARemedy"),
    EMPTY_SPAN("evidenceStandsInItsSource", "badInputFailsWithARemedy"),
    SPAN_BEYOND_SOURCE("evidenceStandsInItsSource", "badInputFailsWithARemedy"),
    UNKNOWN_SOURCE("evidenceStandsInItsSource", "badInputFailsWithARemedy"),
    CONFIDENCE_ABOVE_ONE("confidenceIsAProbability"),
    CONFIDENCE_NOT_A_NUMBER("confidenceIsAProbability"),
    SEALED_TYPE_WITHOUT_NAME("outputsSurviveJson"),
    PANEL_BESIDE("panelsPointIntoTheOutput"),
    TEXT_PANEL_OF_NUMBER("panelsPointIntoTheOutput"),
    COLUMN_BESIDE("panelsPointIntoTheOutput"),
    PICTURE_PANEL_OF_NO_FILE("panelsPointIntoTheOutput"),
    CHART_OF_WORDS("panelsPointIntoTheOutput"),
    CHART_LEVEL_BESIDE("panelsPointIntoTheOutput"),
    INQUIRY_WITH_BLANK("inquiriesAnswerAnyQuestion"),
    INQUIRY_NEEDS_WORDS("inquiriesAnswerAnyQuestion"),
    IMPORTS_NOISE("referenceFormatsRefuseWhatTheyAreNot"),
    FORMAT_WITHOUT_FILES("referenceFormatsRefuseWhatTheyAreNot"),
    EMPTY_EXPORT("exportsWriteWhatTheySupport"),
    EXPORT_WRITES_UNSUPPORTED("exportsWriteWhatTheySupport"),
    EXPORT_TWICE("exportsWriteWhatTheySupport"),
    SIGNAL_TWICE("signalsAreFiguresAndWords"),
    SIGNAL_QUOTES("signalsAreFiguresAndWords"),
    ANSWERS_EMPTY_FILE("badInputFailsWithARemedy"),
    ANSWERS_RANDOM_BYTES("badInputFailsWithARemedy"),
    THROWS_ON_RANDOM_BYTES("badInputFailsWithARemedy"),
    BLAMES_ITSELF("badInputFailsWithARemedy"),
    BLANK_REMEDY("badInputFailsWithARemedy"),
    THROWS_ON_BLANK_FIELD("badInputFailsWithARemedy"),
    READS_THE_TIME("answersAlikeWithTheSameSeed", "answersAlikeOnManyThreads", "answersABatchAsItsParts"),
    SHARES_STATE("answersAlikeOnManyThreads"),
    DROPS_FROM_BATCH("answersABatchAsItsParts"),
    UNDECLARED_ROLE("callsOnlyItsRoles"),
    ROLE_OF_OTHER_KIND("callsOnlyItsRoles");

    @SuppressWarnings("ImmutableEnumChecker") // Set.of can't be changed.
    private final Set<String> seenBy;

    Fault(String... checks) {
        seenBy = Set.of(checks);
    }

    public Set<String> seenBy() {
        return seenBy;
    }
}
