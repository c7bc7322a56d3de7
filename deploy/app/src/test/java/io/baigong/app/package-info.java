/** Tests of the suite as it is served: REST, sign-in, problems, the database under it. */
@NullMarked
package io.baigong.app;

import org.jspecify.annotations.NullMarked;
