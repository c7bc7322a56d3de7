package io.baigong.tuning.llm;

/** Which weights learn. */
public enum Method {
    /** All. */
    FULL,
    /** Low-rank adapters beside matrices that stay (Hu et al. 2021, arXiv 2106.09685). */
    LORA,
    /** As {@link #LORA}, and the matrices that stay are in 4 bits (Dettmers et al. 2023, arXiv 2305.14314). */
    QLORA
}
