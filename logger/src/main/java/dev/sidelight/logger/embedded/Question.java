package dev.sidelight.logger.embedded;

/**
 * What one query asks of every day file.
 *
 * @param rowsMax rows wanted at once
 */
record Question(FilterSql sql, RowFilter rows, int rowsMax, Deadline deadline) {}
