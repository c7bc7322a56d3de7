package io.baigong.medical.term;

import java.util.List;

/**
 * What one term means.
 *
 * @param chosen the names given to it, best first; never empty unless no name has anything in common with it
 * @param ranked all names considered, best first, with the chosen
 */
record Normalised(List<StandardTerm> chosen, List<StandardTerm> ranked) {}
