package io.baigong.manufacturing.defect.inspect;

import io.baigong.manufacturing.defect.image.UnreadablePicture;
import io.baigong.manufacturing.defect.inspect.Inspection.ExpectedCost;
import io.baigong.manufacturing.defect.quality.CostThreshold;
import io.baigong.manufacturing.defect.quality.MistakeCosts;
import io.baigong.manufacturing.defect.quality.Validation;
import io.baigong.spi.ErrorCode;
import io.baigong.spi.Models;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * From which score on a part fails, and what that is expected to cost.
 *
 * @param expected where the costs of mistakes were given
 */
record RejectionRule(double threshold, @Nullable ExpectedCost expected, boolean isCheapest) {
    /**
     * The threshold that was asked for; else the cheapest at the costs given; else the usual.
     *
     * @param role whose model's validation says what mistakes a threshold makes; empty where nothing was learned
     * @throws UnreadablePicture when costs are given that make no sense, or can't be weighed; the message says why
     */
    static RejectionRule of(DefectInput input, double usual, Models models, Optional<String> role)
            throws UnreadablePicture {
        double asked = input.threshold() == null ? usual : input.threshold();
        if (input.escapeCost() == null && input.overkillCost() == null) {
            return new RejectionRule(asked, null, false);
        }
        if (input.escapeCost() == null || input.overkillCost() == null) {
            throw refused(
                    "the cost of one kind of mistake alone chooses no threshold",
                    "Give escapeCost and overkillCost, or neither.");
        }
        Validation validation = role.flatMap(name -> Validation.beside(models, name))
                .filter(Validation::isComplete)
                .orElseThrow(() -> refused(
                        "nothing is known of how often this line's model passes defective parts and fails sound ones",
                        "Train a model on sound parts, in a folder named sound, and on defective ones; or give a threshold"
                                + " and no costs."));
        double seen =
                (double) validation.defective().length / (validation.defective().length + validation.sound().length);
        try {
            var costs = new MistakeCosts(
                    input.escapeCost(), input.overkillCost(), input.defectShare() == null ? seen : input.defectShare());
            CostThreshold chosen = input.threshold() == null
                    ? CostThreshold.cheapest(validation, costs)
                    : CostThreshold.at(input.threshold(), validation, costs);
            var expected = new ExpectedCost(
                    chosen.costPerPart(),
                    chosen.escapeRate(),
                    chosen.overkillRate(),
                    costs.defectShare(),
                    CostThreshold.at(usual, validation, costs).costPerPart(),
                    validation.sound().length,
                    validation.defective().length);
            return new RejectionRule(chosen.threshold(), expected, input.threshold() == null);
        } catch (IllegalArgumentException e) {
            throw refused(
                    String.valueOf(e.getMessage()),
                    "Give costs above 0, and a defectShare between 0 and 1 or none at all.");
        }
    }

    private static UnreadablePicture refused(String detail, String remedy) {
        return new UnreadablePicture(ErrorCode.User.INVALID, detail, remedy);
    }

    /** The rule for people. */
    String text(boolean chinese) {
        // A threshold that was chosen may lie where two decimals say nothing.
        String from = String.format(Locale.ROOT, isCheapest ? "%.4f" : "%.2f", threshold);
        String rule = chinese ? "任一缺陷置信度不低于 " + from + " 即判不合格" : "fails when any defect scores " + from + " or more";
        if (!isCheapest) {
            return rule;
        }
        return rule + (chinese ? "（按漏检与误判成本选定）" : ", which costs least by the validation of the model");
    }
}
