/** Language models as versions of a role: what serves them runs elsewhere, and their weights are named by their digests. */
@NullMarked
package io.baigong.registry.language;

import org.jspecify.annotations.NullMarked;
