import pytest

from citegraph.errors import InputError
from citegraph.files import replaced


def test_a_file_appears_when_all_is_written(tmp_path):
    with replaced(tmp_path / "new") as partial:
        partial.write_text("text")
        assert not (tmp_path / "new").exists()
    assert (tmp_path / "new").read_text() == "text"
    assert [path.name for path in tmp_path.iterdir()] == ["new"]


def test_the_older_file_stays_after_a_failure(tmp_path):
    (tmp_path / "file").write_text("old")

    def fail():
        with replaced(tmp_path / "file") as partial:
            partial.write_text("half")
            raise ValueError

    with pytest.raises(ValueError, match=r"^$"):
        fail()
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("file", "old")]


def test_a_link_stays_and_its_target_is_replaced(tmp_path):
    (tmp_path / "target").write_text("old")
    (tmp_path / "link").symlink_to(tmp_path / "target")
    with replaced(tmp_path / "link") as partial:
        partial.write_text("new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "target").read_text() == "new"


def test_the_mode_of_the_older_file_is_kept(tmp_path):
    (tmp_path / "file").write_text("old")
    (tmp_path / "file").chmod(0o600)
    with replaced(tmp_path / "file") as partial:
        partial.write_text("new")
    assert (tmp_path / "file").stat().st_mode & 0o777 == 0o600


def test_a_folder_is_refused(tmp_path):
    with pytest.raises(InputError, match="is a folder"), replaced(tmp_path):
        pass


def test_a_missing_folder_is_named():
    with pytest.raises(InputError, match="/nonexistent/file: cannot be written"), replaced("/nonexistent/file") as new:
        new.write_text("")
