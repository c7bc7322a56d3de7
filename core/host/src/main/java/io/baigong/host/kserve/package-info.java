/** Models of this process over the Open Inference Protocol (KServe V2), in REST and gRPC. */
@NullMarked
package io.baigong.host.kserve;

import org.jspecify.annotations.NullMarked;
