"""What is there before the first command of a page: one function for each page that is run."""

import hashlib
import hmac
import json
import re
import shutil
import uuid

SCENARIOS = {}

EXPORT = {
    "server": ["ldaps://dc1.source.test"],
    "bind": {"user": "svc-export@source.test", "password_file": "secrets/bind-password"},
    "tls": {"ca_file": "secrets/source-ca.pem"},
    "user_path": "OU=People,DC=source,DC=test",
    "group_path": "OU=Groups,DC=source,DC=test",
    "search_groups": ["CN=Operators", "CN=Engineers", "CN=Maintenance", "CN=Control Room"],
    "attributes": ["givenName", "sn", "displayName", "mail", "department"],
    "export_file": "users.json",
}
IMPORT = {
    "server": ["ldaps://dc1.target.test"],
    "bind": {"user": "svc-import@target.test", "password_file": "secrets/bind-password"},
    "tls": {"ca_file": "secrets/target-ca.pem"},
    "input_file": "users.json",
    "managed_user_path": "OU=Managed,DC=target,DC=test",
    "group_path": "OU=Groups,DC=target,DC=test",
    "group_map": {
        "CN=Operators": "CN=Plant Operators", "CN=Engineers": "CN=Plant Engineers",
        "CN=Maintenance": "CN=Plant Maintenance", "CN=Control Room": "CN=Plant Admins", "*": "CN=Everyone Managed",
    },
    "restricted_groups": ["CN=Plant Admins"],
    "resolutions_file": "resolutions.json",
}


def page(name):
    def register(function):
        SCENARIOS[name] = function
        return function
    return register


def configured(stage):
    """Both sides as docs/first-sync.md leaves them."""
    stage.secrets()
    stage.configure("source", EXPORT)
    stage.configure("target", IMPORT)


def carry(stage):
    stage.run("source", "ad-user-sync export --hmac-file secrets/hmac-key && cp users.json /media/stick/")
    stage.run("target", "cp /media/stick/users.json .")


def carry_unsigned(stage):
    stage.run("source", "ad-user-sync export && cp users.json /media/stick/")
    stage.run("target", "cp /media/stick/users.json .")


def imported(stage):
    """After a first import: 53 accounts, all disabled; and two of them enabled."""
    configured(stage)
    carry(stage)
    stage.run("target", "ad-user-sync import --hmac-file secrets/hmac-key")


def enabled(stage, *accounts):
    for account in accounts:
        stage.run("target", f"ad-user-sync resolutions accept --kind enable --user '{account}' --generate")
    stage.run("target", "ad-user-sync import --hmac-file secrets/hmac-key")


def asks_init(stage, side):
    """The dialogue of `init`, typed as docs/first-sync.md shows it."""
    command, account = ("export", "svc-export") if side == "source" else ("import", "svc-import")
    places = {
        "source": [("Users to export", "OU=People\n"), ("Groups, number or name", "\n"), ("All of them", "y\n")],
        "target": [("Managed container", "\n"), ("Groups, number or name", "OU=Groups\n")],
    }
    stage.asks(
        f"ad-user-sync init {command}",
        ("Domain controller, or DNS name of the domain: ", f"dc1.{side}.test\n"),
        ("as PEM: ", f"secrets/{side}-ca.pem\n"), ("Account to sign in as", f"{account}@{side}.test\n"),
        ("Password of ", stage.password(side) + "\n"), *places[side])


def asks_new_password(stage, command, password):
    """What `samba-tool user create` asks."""
    stage.asks(command, ("New Password: ", password + "\n"), ("Retype Password: ", password + "\n"))


@page("docs/first-sync.md")
def first_sync(stage):
    # The lab has what the page makes. The key is brought across by another way than the page tells.
    (stage.side("target") / "secrets/hmac-key").symlink_to(stage.side("source") / "secrets/hmac-key")
    stage.run("source", "samba-tool user delete svc-export")
    stage.run("target", "samba-tool user delete svc-import && samba-tool ou delete OU=Managed,DC=target,DC=test")
    for side, account in ("source", "svc-export"), ("target", "svc-import"):
        stage.authority(side)
        asks_new_password(stage, f"samba-tool user create {account}", stage.password(side))
        asks_init(stage, side)


@page("docs/init.md")
def init(stage):
    for side in ("source", "target"):
        stage.authority(side)
        asks_init(stage, side)


@page("docs/user-file.md")
def user_file(stage):
    configured(stage)


@page("docs/troubleshooting.md")
def troubleshooting(stage):
    configured(stage)
    stage.configure("target", {"hmac": None})
    carry_unsigned(stage)


@page("docs/delegation.md")
def delegation(stage):
    configured(stage)
    carry_unsigned(stage)


@page("docs/kerberos.md")
def kerberos(stage):
    stage.run("source", "samba-tool user delete svc-export")


@page("docs/partial-imports.md")
def partial_imports(stage):
    configured(stage)
    carry_unsigned(stage)
    stage.asks("ad-user-sync import --group Operators --confirm", ("\\[y\\]es", "y\n"))


@page("docs/brakes.md")
def brakes(stage):
    """A group of the source is mapped to another one here: those who were in the old one are to leave it."""
    imported(stage)
    changed = {"CN=Operators": "CN=Plant Visitors", "CN=Visitors": "CN=Plant Operators"}
    stage.configure("target", {"group_map": IMPORT["group_map"] | changed})
    stage.run("target", "ad-user-sync import --hmac-file secrets/hmac-key", status=3)


@page("docs/resolutions.md")
def resolutions(stage):
    imported(stage)
    stage.run("target", "ad-user-sync resolutions reject --kind join --user 'Erik Wolf'")
    password = "Correct-Horse-7\n"
    stage.asks("ad-user-sync resolutions accept --kind enable --user 'Jane*'", ("Password", password), ("gain", password))


@page("docs/undo.md")
def undo(stage):
    imported(stage)
    stage.run("source", "samba-tool user rename mebert --surname=Roth --force-new-cn='Magda Roth'")
    carry(stage)
    stage.run("target", "ad-user-sync import --hmac-file secrets/hmac-key")
    # The page names the run by its time.
    runs = re.findall(r"\d{8}T\d{6}Z-[0-9a-f]{8}", stage.run("target", "ad-user-sync history"))
    stage.identifiers["20261120T081500Z-3ab1a4d3"] = runs[-1]
    stage.asks("ad-user-sync undo", (r"\[y\]es", "y\n"))


@page("docs/recovery.md")
def recovery(stage):
    imported(stage)
    enabled(stage, "jdoe")
    target, source = stage.side("target"), stage.side("source")
    key = "--hmac-file secrets/hmac-key"

    def step(name):
        def register(function):
            stage.steps[name] = function
            return function
        return register

    def state():
        return next(target.glob(".ad-user-sync/*/import-state.json"))

    @step("import state lost")
    def import_state_lost():
        shutil.rmtree(target / ".ad-user-sync")

    @step("import state damaged")
    def import_state_damaged():
        (target / "state").write_bytes(state().read_bytes())
        state().write_text("{")

    @step("export state lost")
    def export_state_lost():
        state().write_bytes((target / "state").read_bytes())
        shutil.rmtree(source / ".ad-user-sync")

    @step("resolutions lost")
    def resolutions_lost():
        stage.run("target", "ad-user-sync resolutions accept --kind name --user tschmidt2 --new-name 'Thomas Schmidt (Office)'")
        stage.run("target", f"ad-user-sync import {key}")
        (target / "resolutions.json").unlink()

    @step("resolutions damaged")
    def resolutions_damaged():
        whole = (target / "resolutions.json").read_bytes()
        (target / "whole").write_bytes(whole)
        (target / "resolutions.json").write_bytes(whole[:100])

    @step("user file lost")
    def user_file_lost():
        (target / "whole").rename(target / "resolutions.json")
        (target / "users.json").unlink()

    @step("user file cut off")
    def user_file_cut_off():
        (target / "users.json").write_bytes((source / "users.json").read_bytes()[:3000])

    @step("key changed")
    def key_changed():
        shutil.copy(source / "users.json", target / "users.json")
        (target / "key").write_bytes((target / "secrets/hmac-key").read_bytes())
        stage.write(target / "secrets/hmac-key", b"ab" * 32)

    @step("killed")
    def killed():
        """As a run leaves its journal that is killed after its last write, but before its end."""
        stage.write(target / "secrets/hmac-key", (target / "key").read_bytes())
        stage.run("source", "samba-tool user rename mebert --surname=Roth --force-new-cn='Magda Roth'")
        carry(stage)
        stage.run("target", f"ad-user-sync import {key}")
        journal = max(target.glob(".ad-user-sync/*/journal/*"))
        journal.write_bytes(b"".join(journal.read_bytes().splitlines(keepends=True)[:-1]))

    @step("a wrong import")
    def a_wrong_import():
        stage.run("source", "samba-tool user rename mebert --surname=Ebert --force-new-cn='Magda Ebert'")
        carry(stage)
        stage.run("target", f"ad-user-sync import {key}")

    @step("target restored")
    def target_restored():
        stage.run("target", f"ad-user-sync import {key}")
        stage.lab.command("snapshot", "backup")
        stage.run("source", "samba-tool user rename mebert --surname=Roth --force-new-cn='Magda Roth'")
        for number in (1, 2):
            stage.run("source", f"samba-tool user create nnew{number} --random-password --given-name=Nora "
                                f"--surname=Newcomer{number} --userou=OU=Office,OU=People")
        stage.run("source", "samba-tool group addmembers Operators nnew1")
        carry(stage)
        stage.run("target", f"ad-user-sync import {key}")
        # Of the two domains, only the target's people are looked at.
        stage.lab.command("restore", "backup")

    @step("person made again")
    def person_made_again():
        carry(stage)
        stage.run("target", f"ad-user-sync import {key}")
        stage.run("source", "samba-tool user delete cobrien")
        stage.run("source", "samba-tool user create cobrien --random-password --given-name=Conan --surname=\"O'Brien\" "
                            "--userou=OU=Office,OU=People")
        carry(stage)

    @step("source built anew")
    def source_built_anew():
        """The file of a domain with the same people, none of whom has the GUID he had."""
        stage.lab.restore()
        stage.configure("target", IMPORT)
        shutil.rmtree(target / ".ad-user-sync")
        shutil.rmtree(source / ".ad-user-sync")
        (target / "resolutions.json").unlink()
        carry(stage)
        stage.run("target", f"ad-user-sync import {key}")
        enabled(stage, "jdoe")
        stage.run("source", "ad-user-sync export")
        file = json.loads((source / "users.json").read_text())
        file["sequence"] = 3
        for place in [file["source"], *file["users"]]:
            for guid in {"domain_guid", "objectGUID"} & place.keys():
                place[guid] = str(uuid.uuid4())
        body = json.dumps(file, indent=4, ensure_ascii=False).encode()
        secret = bytes.fromhex((target / "secrets/hmac-key").read_text())
        trailer = hmac.new(secret, body, hashlib.sha256).hexdigest()
        (target / "users.json").write_bytes(body + b"\n" + trailer.encode() + b"\n")

    @step("another machine")
    def another_machine():
        shutil.copytree(target, stage.folder / "old", symlinks=True)
        shutil.rmtree(target)
        shutil.copytree(stage.folder / "old", target, symlinks=True)


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


@page("docs/daily-work.md")
def daily_work(stage):
    """Everybody but three is enabled already; then a day passes at the source."""
    imported(stage)
    for name in ("Bare Minimum", "Ed Expired", "Erik Wolf"):
        stage.run("target", f"ad-user-sync resolutions reject --kind enable --user '{name}'")
    stage.run("target", "ad-user-sync resolutions accept --kind enable --user '*' --generate")
    for name in ("Bare Minimum", "Ed Expired", "Erik Wolf"):
        stage.run("target", f"ad-user-sync resolutions reset --kind enable --user '{name}'")
    stage.run("target", "ad-user-sync import --hmac-file secrets/hmac-key")
    stage.run("source", "samba-tool user rename jdoe --surname=Roe --force-new-cn='Jane Roe' --samaccountname=jroe")
    stage.run("source", "samba-tool user delete cobrien")
    stage.run("source", "samba-tool user disable cconsole")
    stage.run("source", "samba-tool group removemembers Engineers mebert")
    stage.run("source", "samba-tool group addmembers Maintenance mebert")
    stage.run("source", "samba-tool user create nnewcomer --random-password --given-name=Nora --surname=Newcomer "
                        "--userou=OU=Operations,OU=People")
    stage.run("source", "samba-tool group addmembers Operators nnewcomer")
    stage.run("source", "ad-user-sync export --hmac-file secrets/hmac-key && cp users.json /media/stick/")

    def a_unit_is_left_out():
        stage.configure("source", {"exclude": {"path": "OU=Operations,OU=People,DC=source,DC=test"}})

    def the_unit_is_back():
        stage.configure("source", {"exclude": None})

    stage.steps |= {"a unit is left out": a_unit_is_left_out, "the unit is back": the_unit_is_back}
