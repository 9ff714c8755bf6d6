"""When it works."""

import re

from .base import IMPORT, carry, carry_unsigned, configured, imported, page


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
