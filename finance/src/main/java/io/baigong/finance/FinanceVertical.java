package io.baigong.finance;

import io.baigong.finance.review.ContractReviewTask;
import io.baigong.spi.Task;
import io.baigong.spi.Vertical;
import java.util.List;

/** The finance vertical. */
public final class FinanceVertical implements Vertical {
    private final List<Task<?, ?>> tasks = List.of(new ContractReviewTask());

    @Override
    public String name() {
        return "finance";
    }

    @Override
    public List<Task<?, ?>> tasks() {
        return tasks;
    }
}
