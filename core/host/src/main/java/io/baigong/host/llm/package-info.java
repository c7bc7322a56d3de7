/** Fine-tuning of language models: plans beforehand, and TrainJobs of Kubeflow Trainer on a cluster that the operator names. */
@NullMarked
package io.baigong.host.llm;

import org.jspecify.annotations.NullMarked;
