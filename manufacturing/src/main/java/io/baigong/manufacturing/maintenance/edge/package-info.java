/** Maintenance beside the machine: the same features, trees and alarms in one jar, with no framework and no native runtime. */
@NullMarked
package io.baigong.manufacturing.maintenance.edge;

import org.jspecify.annotations.NullMarked;
