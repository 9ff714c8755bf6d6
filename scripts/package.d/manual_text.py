"""What the man pages say beside what the program says of itself."""

ENVIRONMENT = [
    ("AD_USER_SYNC_BIND_PASSWORD",
     "The password of the account to bind as. It has precedence over bind.password_file and bind.password."),
    ("AD_USER_SYNC_HMAC",
     "The shared secret of both sides, in hexadecimal digits. The options --hmac and --hmac-file have precedence; it has "
     "precedence over the key hmac."),
    ("KRB5CCNAME, KRB5_CONFIG",
     "The ticket cache and the configuration of Kerberos, where bind.method is \"gssapi\"."),
    ("BROWSER, DISPLAY, WAYLAND_DISPLAY",
     "The browser that import --interactive opens; without any, it prints the address."),
    ("NO_COLOR, TERM", "No colours with NO_COLOR, or where TERM is dumb."),
]

FILES = [
    ("/etc/ad-user-sync/INSTANCE/export-config.json",
     "The configuration of the exports of an instance, which is what stands behind the @ of its units."),
    ("/etc/ad-user-sync/INSTANCE/import-config.json", "The configuration of the imports of an instance."),
    ("/etc/ad-user-sync/INSTANCE/secrets/",
     "Passwords, keytabs, the shared secret; of the user ad-user-sync, with mode 0700."),
    ("/etc/ad-user-sync/export-config.json.sample, /etc/ad-user-sync/import-config.json.sample",
     "Configurations to begin with; nothing reads them."),
    ("/var/lib/ad-user-sync/INSTANCE/",
     "The working folder of the units: user file, resolutions file, state and journals."),
]

SEE_ALSO = ["The documentation is in /usr/share/doc/ad-user-sync."]

INSTANCE = (
    "A look at all that an import of the instance plant needs, an import, and from then on one every hour:",
    [
        "runuser -u ad-user-sync -- ad-user-sync check import --config /etc/ad-user-sync/plant/import-config.json",
        "systemctl start ad-user-sync-import@plant.service",
        "systemctl enable --now ad-user-sync-import@plant.timer",
    ],
)
