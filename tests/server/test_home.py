"""The server beside the account that runs it."""

from tests.load.servers import gunicorn, serving


def test_the_server_leaves_nothing_in_a_home_which_may_not_be_writable(tmp_path):
    environment = {"HOME": str(tmp_path), "XDG_RUNTIME_DIR": "", "DJANGO_SETTINGS_MODULE": "config.settings"}

    with serving(gunicorn, "tests.server.echo:application", environment=environment, ready="/"):
        pass

    assert list(tmp_path.iterdir()) == []
