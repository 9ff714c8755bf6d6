"""Reads all members of a group by ranges, over one connection: ranges.py URI USER PASSWORD_FILE CA_FILE GROUP

Says how many there are. What a careful script would do; a server gives no more than 1,500 values at a time.
"""

import sys

import ldap

STEP = 1500


def members(connection: "ldap.ldapobject.LDAPObject", group: str) -> int:
    start = count = 0
    while True:
        wanted = f"member;range={start}-{start + STEP - 1}"
        [(_, attributes)] = connection.search_s(group, ldap.SCOPE_BASE, "(objectClass=*)", [wanted])
        for name, values in attributes.items():
            if name.startswith("member;range="):
                count += len(values)
                if name.endswith("-*"):
                    return count
                start += len(values)
                break
        else:
            return count + len(attributes.get("member", []))


def main(uri: str, user: str, password_file: str, ca_file: str, group: str) -> None:
    ldap.set_option(ldap.OPT_X_TLS_CACERTFILE, ca_file)
    ldap.set_option(ldap.OPT_X_TLS_REQUIRE_CERT, ldap.OPT_X_TLS_DEMAND)
    connection = ldap.initialize(uri)
    with open(password_file) as file:
        connection.simple_bind_s(user, file.read().rstrip("\n"))
    print(members(connection, group))


if __name__ == "__main__":
    main(*sys.argv[1:])
