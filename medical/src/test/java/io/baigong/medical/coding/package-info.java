@NullMarked
package io.baigong.medical.coding;

import org.jspecify.annotations.NullMarked;
