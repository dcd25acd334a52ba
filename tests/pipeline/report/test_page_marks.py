"""Only what has changed is made anew."""

from __future__ import annotations

from pathlib import Path

import duckdb

from pipeline.report.page_marks import changed_pages, forget_marks, keep_marks, row_marks


def test_a_page_changes_with_its_rows_and_with_no_others(tmp_path: Path) -> None:
    with duckdb.connect() as connection:
        connection.execute("CREATE TABLE said (code TEXT, words TEXT)")
        connection.execute("INSERT INTO said VALUES ('33', 'one'), ('33', 'two'), ('43', 'one'), (NULL, 'none')")
        marks = row_marks(connection, "FROM said", "code")
        assert changed_pages(tmp_path, marks) == {"33", "43"}
        keep_marks(tmp_path, marks)
        assert changed_pages(tmp_path, marks) == frozenset()
        connection.execute("UPDATE said SET words = 'three' WHERE words = 'two'")
        assert changed_pages(tmp_path, row_marks(connection, "FROM said", "code")) == {"33"}
    forget_marks(tmp_path.parent, [tmp_path.name])
    assert changed_pages(tmp_path, marks) == {"33", "43"}
