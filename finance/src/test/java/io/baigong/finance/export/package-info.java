@NullMarked
package io.baigong.finance.export;

import org.jspecify.annotations.NullMarked;
