@NullMarked
package io.baigong.host.mlflow;

import org.jspecify.annotations.NullMarked;
