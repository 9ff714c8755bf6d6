"""What is there before the first command of a page: one function for each page that is run."""

import re

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
