"""What stands in the two domains before anybody is seeded: organisational
units, groups, service accounts with their delegation, the target's own users."""

import ldb
from samba import dsdb, sd_utils

SERVICE_ACCOUNTS = {"source": "svc-export", "target": "svc-import"}

SOURCE_UNITS = [
    "OU=Service Accounts", "OU=Groups", "OU=People",
    "OU=Operations,OU=People", "OU=Night Shift,OU=Operations,OU=People",
    "OU=Engineering,OU=People", "OU=Maintenance,OU=People",
    "OU=Office,OU=People", "OU=Visitors,OU=People",
    # A comma inside a name: whoever splits names at commas stumbles here.
    "OU=Pumps\\, Valves,OU=Maintenance,OU=People",
]
SOURCE_GROUPS = {
    "Operators": "Runs the plant",
    "Engineers": "Plans and changes the plant",
    "Maintenance": "Repairs the plant",
    "Visitors": "Guests and auditors",
    "Control Room": "May operate the control room consoles",
    "Shift Leaders": "Nested: member of Operators",
    "All Staff": "Nested: holds the other groups",
    "Café, Süd + \"Nord\"": "A name that needs escaping",
}
SOURCE_NESTING = {
    "Operators": ["Shift Leaders"],
    "All Staff": ["Operators", "Engineers", "Maintenance"],
}

TARGET_UNITS = ["OU=Service Accounts", "OU=Groups", "OU=Local", "OU=Managed"]
MAPPED_GROUPS = {
    "Plant Operators": "Mapped from Operators",
    "Plant Engineers": "Mapped from Engineers",
    "Plant Maintenance": "Mapped from Maintenance",
    "Plant Visitors": "Mapped from Visitors",
    "Everyone Managed": "Every managed user",
    "Plant Admins": "Restricted by configuration",
    "Plant Console": "Privileged through nesting: reaches Account Operators",
}
# Mapped nowhere; svc-import has no rights on them.
OTHER_TARGET_GROUPS = {
    "Plant Account Desk": "Between Plant Console and Account Operators",
    "Plant Historians": "Outside every mapping",
}

# Users the target had before anybody was synced. The first two are in the way
# of people that `seed` makes: an account name and a user principal name.
LOCAL_USERS = [
    {"cn": "Petra Novak (local)", "sAMAccountName": "pnovak"},
    {"cn": "Michael Weber (local)", "sAMAccountName": "local-mweber",
     "userPrincipalName": "mweber@target.test"},
    {"cn": "Greta Local", "sAMAccountName": "glocal", "givenName": "Greta", "sn": "Local",
     "mail": "glocal@target.test"},
    {"cn": "Historian Service", "sAMAccountName": "svc-historian",
     "servicePrincipalName": "HISTORIAN/plant.target.test"},
    {"cn": "Plant Domain Admin", "sAMAccountName": "plantadmin", "adminCount": "1"},
]

# Object classes, attributes and control rights of the schema, by their GUIDs.
USER_CLASS = "bf967aba-0de6-11d0-a285-00aa003049e2"
MEMBER_ATTRIBUTE = "bf9679c0-0de6-11d0-a285-00aa003049e2"
RESET_PASSWORD = "00299570-246d-11d0-a768-00aa006e0529"

ENABLED = str(dsdb.UF_NORMAL_ACCOUNT)
# The service accounts outlive the default maximum password age of 42 days.
ENABLED_FOR_EVER = str(dsdb.UF_NORMAL_ACCOUNT | dsdb.UF_DONT_EXPIRE_PASSWD)


def child(samdb, name, parent):
    """The DN of the object whose cn is `name` below `parent`, properly escaped."""
    dn = ldb.Dn(samdb, "CN=x")
    dn.set_component(0, "CN", name)
    dn.add_base(ldb.Dn(samdb, parent))
    return dn


def build(samdb, name, host, address, service_password):
    base = samdb.domain_dn()
    groups = f"OU=Groups,{base}"
    for unit in SOURCE_UNITS if name == "source" else TARGET_UNITS:
        samdb.create_ou(f"{unit},{base}")

    # Kerberos clients ask for the name they connected to. Without the RPC
    # services the domain controller never registers these by itself.
    short, domain = host.split(".", 1)
    modify(samdb, f"CN={short.upper()},OU=Domain Controllers,{base}", "servicePrincipalName",
           [f"ldap/{host}", f"ldap/{host}/{domain}", f"ldap/{short.upper()}", f"ldap/{address}"])

    service_account = child(samdb, SERVICE_ACCOUNTS[name], f"OU=Service Accounts,{base}")
    add_user(samdb, service_account, SERVICE_ACCOUNTS[name], domain, ENABLED_FOR_EVER,
             description="ad-user-sync", unicodePwd=f'"{service_password}"'.encode("utf-16-le"))
    modify(samdb, f"CN=Administrator,CN=Users,{base}", "userAccountControl",
           [ENABLED_FOR_EVER], ldb.FLAG_MOD_REPLACE)

    if name == "source":
        build_groups(samdb, groups, SOURCE_GROUPS)
        for group, members in SOURCE_NESTING.items():
            modify(samdb, child(samdb, group, groups), "member",
                   [str(child(samdb, member, groups)) for member in members])
    else:
        build_target(samdb, base, groups, domain)
        delegate(samdb, base, groups, service_account)


def build_target(samdb, base, groups, domain):
    build_groups(samdb, groups, MAPPED_GROUPS)
    build_groups(samdb, groups, OTHER_TARGET_GROUPS)
    desk = child(samdb, "Plant Account Desk", groups)
    modify(samdb, desk, "member", [str(child(samdb, "Plant Console", groups))])
    modify(samdb, f"CN=Account Operators,CN=Builtin,{base}", "member", [str(desk)])
    for user in LOCAL_USERS:
        attributes = {k: v for k, v in user.items() if k not in ("cn", "sAMAccountName")}
        add_user(samdb, child(samdb, user["cn"], f"OU=Local,{base}"),
                 user["sAMAccountName"], domain, ENABLED, **attributes)
    modify(samdb, f"CN=Domain Admins,CN=Users,{base}", "member",
           [str(child(samdb, "Plant Domain Admin", f"OU=Local,{base}"))])


def delegate(samdb, base, groups, service_account):
    """The smallest set of rights an import works with."""
    sid = samdb.schema_format_value("objectSid", samdb.search(
        service_account, ldb.SCOPE_BASE, attrs=["objectSid"])[0]["objectSid"][0]).decode()
    descriptors = sd_utils.SDUtils(samdb)
    descriptors.dacl_append_aces(f"OU=Managed,{base}", "".join([
        # create and delete users here and below
        f"(OA;CI;CCDC;{USER_CLASS};;{sid})",
        # read and write all attributes, delete, list, read permissions; write
        # them too (WD), for "user cannot change password" on existing users
        f"(OA;CIIO;RPWPSDLCRCWD;;{USER_CLASS};{sid})",
        f"(OA;CIIO;CR;{RESET_PASSWORD};{USER_CLASS};{sid})",
    ]))
    for group in MAPPED_GROUPS:
        descriptors.dacl_append_aces(
            str(child(samdb, group, groups)), f"(OA;;RPWP;{MEMBER_ATTRIBUTE};;{sid})")


def build_groups(samdb, parent, groups):
    for name, description in groups.items():
        samdb.add({"dn": child(samdb, name, parent), "objectClass": "group",
                   # The account name of a group admits fewer characters than its cn.
                   "sAMAccountName": "".join(c for c in name if c.isalnum() or c == " "),
                   "description": description})


def add_user(samdb, dn, account, domain, account_control, **attributes):
    samdb.add({"dn": dn, "objectClass": "user", "sAMAccountName": account,
               "userPrincipalName": f"{account}@{domain}",
               "userAccountControl": account_control, **attributes})


def modify(samdb, dn, attribute, values, flag=ldb.FLAG_MOD_ADD):
    message = ldb.Message(dn if isinstance(dn, ldb.Dn) else ldb.Dn(samdb, dn))
    message[attribute] = ldb.MessageElement(values, flag, attribute)
    samdb.modify(message)
