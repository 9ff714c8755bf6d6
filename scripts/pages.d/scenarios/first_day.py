"""Before everything works."""

from .base import EXPORT, asks_init, asks_new_password, carry_unsigned, configured, page


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


@page("docs/configuration.md")
def configuration(_stage):
    """The schemas need neither a configuration nor a domain."""


@page("README.md")
def readme(stage):
    """Both configurations in one folder, with no key: the README does not tell the sides apart."""
    configured(stage)
    stage.merge(stage.side("target") / "export-config.json", EXPORT | {
        "bind": {"user": "svc-export@source.test", "password_file": "../source-side/secrets/bind-password"},
        "tls": {"ca_file": "../source-side/secrets/source-ca.pem"}, "state_folder": "export-state"})
