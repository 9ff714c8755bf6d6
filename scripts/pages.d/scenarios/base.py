"""What the scenarios stand on: the two configurations, and how far a reader has come."""

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
