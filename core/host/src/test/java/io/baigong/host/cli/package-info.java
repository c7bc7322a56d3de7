/** Tests of the command line. */
@NullMarked
package io.baigong.host.cli;

import org.jspecify.annotations.NullMarked;
