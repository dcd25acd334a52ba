"""Which version a title or a file name claims to be."""

from __future__ import annotations

import pytest

from pipeline.inputs.version_marks import VersionMarks, read_version_marks


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("令和6年度岡山支部事業計画", VersionMarks(1, None)),
        ("33_岡山_令和6年度事業計画（修正版）", VersionMarks(2, None)),
        ("事業計画_改訂版", VersionMarks(2, None)),
        ("事業計画 第３版", VersionMarks(3, None)),
        ("plan_v2", VersionMarks(2, None)),
        ("plan ver.4", VersionMarks(4, None)),
        ("事業計画（令和7年3月1日版）", VersionMarks(1, "2025-03-01")),
        ("事業計画_20250301", VersionMarks(1, "2025-03-01")),
        ("定款の改正について", VersionMarks(1, None)),
        ("修正申告の手引き", VersionMarks(1, None)),
        ("第2期データヘルス計画", VersionMarks(1, None)),
        ("資料1-2", VersionMarks(1, None)),
        ("33202406", VersionMarks(1, None)),
    ],
)
def test_marks(name: str, expected: VersionMarks) -> None:
    assert read_version_marks(name) == expected


def test_title_and_file_name_are_read_together() -> None:
    assert read_version_marks("事業計画", "plan_v2_20250301") == VersionMarks(2, "2025-03-01")
