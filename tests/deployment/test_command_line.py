import pytest

from tests.deployment.processes import manage


class TestCommandLine:
    """Each mistake is one sentence with the next step, never a traceback."""

    @pytest.mark.parametrize(
        ("variables", "words"),
        [
            ({"RECRUIT_PORT": "http"}, "RECRUIT_PORT is 'http', not a port"),
            ({"RECRUIT_HOME": "/proc/nothing"}, "set RECRUIT_HOME to a folder"),
            ({"DATABASE_URL": "mysql://localhost/x"}, "begin with postgresql://"),
            ({"DATABASE_URL": "postgresql://localhost"}, "names no database"),
            ({"DATABASE_URL": "postgresql://[::1/x"}, "cannot be read"),
            ({"DATABASE_URL": "postgresql://localhost:1/x"}, "cannot be reached"),
            ({"DATABASE_URL": "postgresql://nowhere.invalid/x"}, "cannot be reached"),
        ],
    )
    def test_explains_a_wrong_setting(self, home, variables, words):
        refused = manage(home, "migrate", **variables)

        assert refused.returncode == 1
        assert words in refused.stderr
        assert "Traceback" not in refused.stderr

    def test_explains_a_database_without_tables(self, home):
        refused = manage(home, "clearsessions")

        assert refused.returncode == 1
        assert "Run `manage.py migrate`" in refused.stderr
        assert "Traceback" not in refused.stderr

    def test_explains_an_address_that_is_none_of_this_machine(self, home):
        refused = manage(home, "up", RECRUIT_HOST="203.0.113.1")

        assert refused.returncode == 1
        assert "no address of this machine" in refused.stderr
        assert "Traceback" not in refused.stderr

    def test_explains_an_encoder_folder_that_is_not_there(self, home):
        refused = manage(home, "up", ENCODER_MODEL="/nowhere/encoder")

        assert refused.returncode == 1
        assert "/nowhere/encoder does not exist. Set ENCODER_MODEL" in refused.stderr
        assert "Traceback" not in refused.stderr

    def test_explains_an_encoder_of_another_dimension(self, home, tmp_path):
        (tmp_path / "model.safetensors").touch()
        (tmp_path / "config.json").write_text('{"hidden_size": 768}')

        refused = manage(home, "up", ENCODER_MODEL=str(tmp_path))

        assert refused.returncode == 1
        assert "768 dimensions; 384 are needed" in refused.stderr
        assert "Traceback" not in refused.stderr
