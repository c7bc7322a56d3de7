@NullMarked
package io.baigong.host.model;

import org.jspecify.annotations.NullMarked;
