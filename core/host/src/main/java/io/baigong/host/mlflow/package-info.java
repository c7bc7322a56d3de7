/** MLflow's tracking and model registry over REST, as its clients call them, upon our own registry and database. */
@NullMarked
package io.baigong.host.mlflow;

import org.jspecify.annotations.NullMarked;
