"""When something is lost."""

import hashlib
import hmac
import json
import shutil
import uuid

from .base import IMPORT, carry, enabled, imported, page


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

    @step("resolutions with a grant lost")
    def grant_lost():
        stage.run("target", "ad-user-sync resolutions accept --kind name --user tschmidt2 --new-name 'Thomas Schmidt (Office)'")
        resolutions = target / "resolutions.json"
        entries = json.loads(resolutions.read_text())["resolutions"]
        somebody = next(entry for entry in entries if entry["type"] == "enable")
        entries.append({"type": "grant", "user": somebody["user"], "anchor": somebody["anchor"],
                        "group": "CN=Plant Operators", "accept": True})
        resolutions.write_text(json.dumps({"resolutions": entries}))
        stage.run("target", f"ad-user-sync import {key}")
        resolutions.rename(target / "with-grant")

    @step("resolutions lost")
    def resolutions_lost():
        (target / "with-grant").rename(target / "resolutions.json")
        stage.run("target", "ad-user-sync resolutions reset --kind grant")
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

    @step("container made anew")
    def container_made_anew():
        stage.run("target", "samba-tool ou delete OU=Guests --force-subtree-delete")
        stage.run("target", "samba-tool ou create OU=Guests")

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
