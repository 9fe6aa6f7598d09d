import os
from concurrent.futures import ThreadPoolExecutor

import pytest

from recruit.deployment.failures import CannotStart
from recruit.deployment.home import Home, write_private


class TestHome:
    def test_makes_a_secret_key_that_only_its_owner_reads(self, tmp_path):
        home = Home(tmp_path)

        key = home.secret_key()

        assert len(key) >= 50
        assert (tmp_path / "secret-key").stat().st_mode & 0o777 == 0o600

    def test_keeps_its_secret_key(self, tmp_path):
        assert Home(tmp_path).secret_key() == Home(tmp_path).secret_key()

    def test_is_not_listed_by_others(self, tmp_path):
        Home(tmp_path / "home").prepare()

        assert (tmp_path / "home").stat().st_mode & 0o066 == 0
        assert (tmp_path / "home" / "uploads").stat().st_mode & 0o777 == 0o700

    def test_says_that_a_file_is_in_its_place(self, tmp_path):
        (tmp_path / "home").write_text("a file")

        with pytest.raises(CannotStart, match="RECRUIT_HOME"):
            Home(tmp_path / "home").prepare()

    @pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
    def test_says_that_it_cannot_be_written(self, tmp_path):
        (tmp_path / "home").mkdir(mode=0o500)

        with pytest.raises(CannotStart, match="cannot be written"):
            Home(tmp_path / "home" / "inner").prepare()

    def test_is_done_by_several_threads_at_once(self, tmp_path):
        home = Home(tmp_path / "home")

        with ThreadPoolExecutor(8) as pool:
            list(pool.map(lambda _number: home.prepare(), range(200)))


class TestWritePrivate:
    def test_keeps_what_is_there(self, tmp_path):
        write_private(tmp_path / "secret", "first")
        write_private(tmp_path / "secret", "second")

        assert (tmp_path / "secret").read_text() == "first\n"
        assert [path.name for path in tmp_path.iterdir()] == ["secret"]
