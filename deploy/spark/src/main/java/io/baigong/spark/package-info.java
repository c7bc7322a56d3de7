/** The Apache Spark application. */
@NullMarked
package io.baigong.spark;

import org.jspecify.annotations.NullMarked;
