/** The suite as one process: home folder, embedded PostgreSQL, and the Quarkus application. */
@NullMarked
package io.baigong.app;

import org.jspecify.annotations.NullMarked;
