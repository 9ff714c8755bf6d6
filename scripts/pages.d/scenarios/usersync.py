"""Where UserSync was before."""

import json
import shutil

from .base import EXPORT, IMPORT, page


@page("docs/usersync.md")
def usersync(stage):
    """Two configurations as UserSync wrote them, and a container as it left it: a prefix, no anchors, one account enabled."""
    stage.secrets()
    key = (stage.side("source") / "secrets/hmac-key").read_text().strip()
    source = {
        "export_file": "users.json", "user_path": EXPORT["user_path"], "group_path": EXPORT["group_path"],
        "search_groups": ["CN=Operators", "CN=Engineers"], "attributes": ["givenName", "sn", "mail"], "hmac": key}
    target = {
        "input_file": "users.json", "managed_user_path": IMPORT["managed_user_path"], "group_path": IMPORT["group_path"],
        "group_map": {"CN=Operators": "CN=Plant Operators", "CN=Engineers": "CN=Plant Engineers"},
        "restricted_groups": ["CN=Plant Engineers"], "expiration_time": "P1M1D", "hmac": key, "log_windows": True,
        "password_word_count": 4}
    connection = ("server", "bind", "tls")
    stage.configure("source", source | {name: EXPORT[name] for name in connection} | {"anchor": False})
    stage.configure("target", target | {name: IMPORT[name] for name in connection} | {"prefix_common_names": "EXT "})
    stage.run("source", "ad-user-sync export && cp users.json /media/stick/")
    stage.run("target", "cp /media/stick/users.json . && ad-user-sync import", status=1)
    stage.run("target", "ad-user-sync resolutions accept --kind enable --user jdoe --generate")
    stage.run("target", "ad-user-sync import", status=1)

    for side, old in ("source", source), ("target", target):
        shutil.rmtree(stage.side(side) / ".ad-user-sync")
        for file in stage.side(side).glob("*.json"):
            file.unlink()
        stage.configure(side, old)
    answered = {"timestamp": "2026-01-02T03:04:05.678901"}
    (stage.side("target") / "resolutions.json").write_text(json.dumps({"resolutions": [
        {"type": "enable", "user": "EXT Conan O'Brien", "accept": True, "password": "Correct-Horse-7"} | answered,
        {"type": "join", "user": "EXT Erik Wolf", "accept": False, "group": "CN=Plant Engineers"} | answered,
    ]}, indent=4))
