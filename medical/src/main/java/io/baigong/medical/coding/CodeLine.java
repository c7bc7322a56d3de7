package io.baigong.medical.coding;

import io.baigong.medical.code.IcdTable;

/**
 * A code as one line of a list.
 *
 * @param billable whether it is valid for reporting
 * @param below how many codes stand directly under it
 */
record CodeLine(String code, String title, boolean billable, int below) {
    static CodeLine of(IcdTable table, IcdTable.IcdCode code) {
        return new CodeLine(
                code.code(),
                code.title(),
                code.billable(),
                table.below(code.code()).size());
    }
}
