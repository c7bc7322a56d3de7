/** The ${artifactId} vertical. */
@NullMarked
package ${package};

import org.jspecify.annotations.NullMarked;
