/** Manufacturing: machines that will fail, and parts that are not sound. */
@NullMarked
package io.baigong.manufacturing;

import org.jspecify.annotations.NullMarked;
