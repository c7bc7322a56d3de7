/** The life of models in the running suite: they are registered, measured, approved, and serve. */
@NullMarked
package io.baigong.host.model;

import org.jspecify.annotations.NullMarked;
