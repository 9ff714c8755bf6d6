"""The database of a stopped or running domain controller, opened below its server."""

import os
from contextlib import contextmanager
from typing import Iterator

import samba.param
from samba.auth import system_session
from samba.samdb import SamDB


@contextmanager
def transaction(folder: str) -> Iterator[SamDB]:
    """All or nothing: a transaction costs far more than an entry."""
    lp = samba.param.LoadParm()
    lp.load(os.path.join(folder, "etc", "smb.conf"))
    samdb = SamDB(url=os.path.join(folder, "private", "sam.ldb"), session_info=system_session(), lp=lp,
                  options=["batch_mode:1"])
    samdb.transaction_start()
    try:
        yield samdb
    except BaseException:
        samdb.transaction_cancel()
        raise
    samdb.transaction_commit()
