"""Provisions one domain of a lab: smb.conf, database, layout, service account.

    provision.py source|target REALM HOST FOLDER ADDRESS SECRETS

FOLDER becomes the domain controller's folder, SECRETS is where the password
files go. Runs offline, before the domain controller is started for the first
time. It uses Samba's own provisioning API instead of `samba-tool domain
provision`, because that takes the administrator's password on its command line.
"""

import logging
import os
import sys

import samba
import samba.param
from samba.auth import system_session
from samba.provision import provision
from samba.samdb import SamDB

import layout

# Only what an LDAP client needs: no SMB, no RPC, no replication. Every
# path lies below the folder, so that labs share nothing with each other nor
# with a Samba of the machine. `ldb:nosync` trades safety against a power cut
# for writes that are 2 to 3 times as fast; a killed process still loses nothing.
SMB_CONF = """\
[global]
    realm = {realm}
    workgroup = {workgroup}
    netbios name = {netbios}
    server role = active directory domain controller
    server services = ldap, kdc, cldap, dns
    interfaces = {address}/8
    bind interfaces only = yes
    ldb:nosync = true

    private dir = {folder}/private
    lock directory = {folder}/lock
    state directory = {folder}/state
    cache directory = {folder}/cache
    pid directory = {folder}/run
    ncalrpc dir = {folder}/run/ncalrpc
    winbindd socket directory = {folder}/run/winbindd
    ntp signd socket directory = {folder}/run/ntp_signd
    binddns dir = {folder}/bind-dns
    usershare path =
    logging = file
    log file = {folder}/log/samba.log
    max log size = 10000
    panic action =

[sysvol]
    path = {folder}/state/sysvol
    read only = no

[netlogon]
    path = {folder}/state/sysvol/{dns}/scripts
    read only = no
"""


def password_from(path):
    """The password in `path`, one line without a newline at its end because
    `ldapsearch -y` would take that for a part of it; made up when absent."""
    if not os.path.exists(path):
        password = samba.generate_random_password(24, 24)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(password)
    with open(path) as file:
        return file.read()


def main(name, realm, host, folder, address, secrets):
    dns, workgroup = realm.lower(), realm.split(".")[0]
    smb_conf = os.path.join(folder, "etc", "smb.conf")

    os.umask(0o022)
    for sub_folder in ("etc", "log", "run", "lock", "cache", "state"):
        os.makedirs(os.path.join(folder, sub_folder), exist_ok=True)
    with open(smb_conf, "w") as file:
        file.write(SMB_CONF.format(
            realm=realm, dns=dns, workgroup=workgroup, netbios=host.upper(),
            address=address, folder=folder))

    logger = logging.getLogger("provision")
    logger.addHandler(logging.StreamHandler(sys.stderr))
    logger.setLevel(logging.INFO)
    lp = samba.param.LoadParm()
    lp.load(smb_conf)
    administrator_password = password_from(os.path.join(secrets, f"{name}-administrator"))
    provision(
        logger, system_session(), lp=lp, smbconf=smb_conf,
        realm=realm, domain=workgroup, hostname=host,
        hostip=address, hostip6=None, adminpass=administrator_password,
        serverrole="active directory domain controller",
        dns_backend="SAMBA_INTERNAL", dom_for_fun_level=samba.dsdb.DS_DOMAIN_FUNCTION_2008_R2,
        skip_sysvolacl=True)

    samdb = SamDB(url=os.path.join(folder, "private", "sam.ldb"),
                  session_info=system_session(), lp=lp)
    service_password = password_from(
        os.path.join(secrets, f"{name}-{layout.SERVICE_ACCOUNTS[name]}"))
    samdb.transaction_start()
    try:
        layout.build(samdb, name, host=f"{host}.{dns}", address=address,
                     service_password=service_password)
    except BaseException:
        samdb.transaction_cancel()
        raise
    samdb.transaction_commit()


if __name__ == "__main__":
    if len(sys.argv) != 7:
        sys.exit(__doc__)
    main(*sys.argv[1:])
