"""Finding the inputs, and what is said about paths that cannot be used."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pipeline.inputs.discovery import InputError, discover


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    folder = tmp_path / "raw"
    (folder / "2024" / "south").mkdir(parents=True)
    (folder / "b.pdf").write_bytes(b"b")
    (folder / "2024" / "A.PDF").write_bytes(b"a")
    (folder / "2024" / "south" / "か\u3099.pdf").write_bytes(b"c")
    (folder / "2024" / "._A.PDF").write_bytes(b"left by a file system")
    (folder / "notes.txt").write_bytes(b"no plan")
    return folder


def test_finds_pdfs_in_all_sub_folders_with_names_relative_to_raw(raw: Path, tmp_path: Path) -> None:
    found = discover([raw], tmp_path / "out")
    assert [file.source_file for file in found.files] == ["2024/A.PDF", "2024/south/が.pdf", "b.pdf"]
    assert found.problems == ()


def test_a_file_named_twice_is_read_once(raw: Path, tmp_path: Path) -> None:
    found = discover([raw, raw / "b.pdf"], tmp_path / "out")
    assert len(found.files) == 3


def test_a_file_named_outright_is_taken_whatever_its_name(raw: Path, tmp_path: Path) -> None:
    assert [file.source_file for file in discover([raw / "notes.txt"], tmp_path / "out").files] == ["notes.txt"]


def test_a_missing_path_beside_a_good_one_is_a_problem_and_no_end(raw: Path, tmp_path: Path) -> None:
    found = discover([raw, tmp_path / "nowhere"], tmp_path / "out")
    assert len(found.files) == 3
    assert [problem.source_file for problem in found.problems] == [str(tmp_path / "nowhere")]


@pytest.mark.parametrize("files", [None, [], ["readme.txt"]], ids=["no such path", "empty folder", "no PDF in it"])
def test_nothing_to_read_is_an_error_that_names_the_path_and_a_remedy(files: list[str] | None, tmp_path: Path) -> None:
    path = tmp_path / "plans"
    if files is not None:
        path.mkdir()
    for name in files or ():
        (path / name).write_text("no plan")
    with pytest.raises(InputError) as caught:
        discover([path], tmp_path / "out")
    assert str(path) in str(caught.value)
    assert caught.value.remedy


@pytest.mark.parametrize("inside", ["", "out", "2024/out"])
def test_output_inside_the_inputs_is_refused(inside: str, raw: Path) -> None:
    with pytest.raises(InputError, match="never written to"):
        discover([raw], raw / inside)


def test_a_name_that_is_no_text_can_still_be_stored(tmp_path: Path) -> None:
    folder = tmp_path / "raw"
    folder.mkdir()
    try:
        Path(os.fsdecode(os.fsencode(folder) + b"/\xff.pdf")).write_bytes(b"x")
    except OSError:
        pytest.skip("this file system takes no such name")
    assert discover([folder], tmp_path / "out").files[0].source_file.encode("utf-8")


def test_a_loop_of_links_ends(raw: Path, tmp_path: Path) -> None:
    (raw / "2024" / "loop").symlink_to(raw, target_is_directory=True)
    assert len(discover([raw], tmp_path / "out").files) == 3


def test_what_cannot_be_read_in_a_folder_is_named_as_the_others_are(raw: Path, tmp_path: Path) -> None:
    os.mkfifo(raw / "2024" / "pipe.pdf")
    (raw / "broken.pdf").symlink_to(raw / "gone.pdf")
    found = discover([raw], tmp_path / "out")
    assert sorted(problem.source_file for problem in found.problems) == ["2024/pipe.pdf", "broken.pdf"]
    assert all(str(raw) in str(problem.error) for problem in found.problems)
