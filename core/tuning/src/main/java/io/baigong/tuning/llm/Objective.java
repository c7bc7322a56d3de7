package io.baigong.tuning.llm;

/** What a model is tuned towards. */
public enum Objective {
    /** Supervised fine-tuning: the next token of given answers. */
    SFT,
    /** Direct preference optimisation (Rafailov et al. 2023, arXiv 2305.18290): one answer before another, held to a reference model. */
    DPO
}
