package io.baigong.host.access;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What somebody may do, and on which tasks. A grant is a role, {@code analyst}, which holds for all tasks of the tenant; or a role on
 * the tasks of one vertical, {@code analyst:medical}; or on one task, {@code reviewer:medical.icd-coding}. Only roles that work on
 * tasks can be granted on some of them.
 *
 * @param all the grants, sorted
 */
public record Grants(List<String> all) {
    /** Stands for all tasks. */
    public static final String EVERY_TASK = "*";

    /** Roles that may be granted on some tasks. */
    private static final Set<String> OF_TASKS = Set.of(Roles.ANALYST, Roles.REVIEWER, Roles.OPERATOR);

    private static final Pattern SCOPED = Pattern.compile("([a-z-]+):([a-z][a-z0-9-]*(?:\\.[a-z][a-z0-9-]*)?)");

    /** What is no grant is left out. */
    public Grants {
        all = all.stream().filter(Grants::isGrant).distinct().sorted().toList();
    }

    /** Whether it is written as one; its task need not exist. */
    public static boolean isGrant(String text) {
        var scoped = SCOPED.matcher(text);
        return Roles.ALL.contains(text) || (scoped.matches() && OF_TASKS.contains(scoped.group(1)));
    }

    /** The role of a grant. */
    public static String role(String grant) {
        int colon = grant.indexOf(':');
        return colon < 0 ? grant : grant.substring(0, colon);
    }

    /** The vertical or the task of a grant, or {@link #EVERY_TASK}. */
    public static String scope(String grant) {
        int colon = grant.indexOf(':');
        return colon < 0 ? EVERY_TASK : grant.substring(colon + 1);
    }

    /** The roles, on whichever tasks. */
    public Set<String> roles() {
        return all.stream().map(Grants::role).collect(Collectors.toCollection(TreeSet::new));
    }

    /** The verticals and tasks on which there is one of the roles; {@link #EVERY_TASK} among them for all. */
    public Set<String> scopes(Collection<String> roles) {
        return all.stream()
                .filter(grant -> roles.contains(role(grant)))
                .map(Grants::scope)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Whether scopes hold a task. */
    public static boolean cover(Set<String> scopes, String task) {
        int dot = task.indexOf('.');
        return scopes.contains(EVERY_TASK)
                || scopes.contains(task)
                || scopes.contains(dot < 0 ? task : task.substring(0, dot));
    }
}
