/** Contract review: from an uploaded contract to clauses, facts and findings. */
@NullMarked
package io.baigong.finance.review;

import org.jspecify.annotations.NullMarked;
