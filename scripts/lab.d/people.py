"""The people of the source domain: always the same ones in the same order.

Person number n depends on n and on nothing else, so that 60 people are the
first 60 of 200. Among the first 50 are all that have something awkward about
them: see AWKWARD.
"""

import dataclasses
import itertools
import unicodedata
import zlib
from datetime import datetime, timezone

DEPARTMENTS = {  # of 100 people; the group its people belong to
    "Operations": (40, "Operators"),
    "Engineering": (20, "Engineers"),
    "Maintenance": (20, "Maintenance"),
    "Office": (14, None),
    "Visitors": (6, "Visitors"),
}
TITLES = {
    "Operations": ["Operator", "Senior Operator", "Shift Leader", "Dispatcher"],
    "Engineering": ["Process Engineer", "Automation Engineer", "Safety Engineer"],
    "Maintenance": ["Electrician", "Fitter", "Instrument Technician", "Welder"],
    "Office": ["Accountant", "Buyer", "Assistant", "Controller"],
    "Visitors": ["Auditor", "Contractor", "Trainee"],
}
SITES = ["Hamburg", "Łódź", "Graz", "Århus", "Ostrava", "Saint-Étienne"]

GIVEN_NAMES = """
Anna Ahmet Aisha Agnieszka Andrea Anton Astrid Ben Bianca Björn Carla Carlos Cédric Chiara Clara
Daniel Dagmar Deniz Dilara Dmitri Elena Elif Emil Emma Erik Eva Fatima Felix Filip Finn Franziska
Georg Greta Hannah Hans Hélène Igor Ilse Ines Ivan Jana Jan Jens Johanna Jonas Julia Jörg Karin
Karl Katja Kofi Lars Laura Lea Léa Leon Lina Luca Lukas Magda Małgorzata Marco Maria Marie Markus
Marta Mehmet Mia Michael Milan Mona Nadia Nele Nico Nina Noah Nora Olga Oliver Oskar Paul Paula
Pavel Petra Philipp Rainer Rosa Ruth Sara Sebastian Simon Sofía Stefan Susanne Sven Tanja Thomas
Tim Tomáš Ulrike Uwe Vera Viktor Wanda Werner Xenia Yasmin Yusuf Zofia Željko Åsa Özlem
""".split()
FAMILY_NAMES = """
Adler Ahmadi Albrecht Andersen Arnold Bauer Beck Becker Berger Bianchi Böhm Brandt Braun Busch
Castro Celik Czerny Dietrich Dubois Dvořák Ebert Eder Engel Ferreira Fiedler Fischer Franke Fuchs
García Gärtner Graf Groß Günther Haas Hahn Hansen Hartmann Heinrich Herrmann Hoffmann Horvat Huber
Ivanova Jäger Jansen Jung Kaiser Kaya Keller Kim Klein Koch Kovács König Kowalski Kraus Krüger Kuhn
Lang Larsson Lehmann Lindgren Lorenz Łukasik Maier Marek Martin Mayer Meyer Möller Moretti Müller
Nagy Neumann Nguyen Novotný Nowak Okafor Olsen Otto Öztürk Peters Pfeiffer Pohl Popescu Richter
Roth Sauer Schäfer Schmidt Schneider Scholz Schröder Schubert Schulz Schwarz Seidel Simon Sommer
Stein Şahin Svoboda Szabó Thomas Toth Vogel Vogt Wagner Walter Weiß Werner Winkler Wójcik Wolf
Yılmaz Zając Ziegler Zimmermann Žižek
""".split()

EXPIRED = datetime(2019, 12, 31, tzinfo=timezone.utc)
SOON = datetime(2035, 6, 30, 22, 0, tzinfo=timezone.utc)

NFC_NAME = unicodedata.normalize("NFC", "Jürgen Köhler")
NFD_NAME = unicodedata.normalize("NFD", "Jürgen Köhler")
# The smallest PNG there is: one transparent pixel.
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010804000000b51c0c02"
    "0000000b4944415478da6364f80f00010501012718e3660000000049454e44ae426082")


@dataclasses.dataclass
class Person:
    number: int
    unit: str  # below OU=People
    cn: str
    account: str
    attributes: dict  # attribute name: text, bytes, or a list of them
    groups: list
    enabled: bool = True
    expires: datetime | int | None = None  # an int is written as it is


# What differs from an ordinary person of that number. `unit` and `groups`
# replace the ordinary ones, None in `attributes` takes an attribute away.
AWKWARD = {
    0: dict(cn="Jane Doe", account="jdoe", unit="Operations", groups=["Operators"]),
    # In the way of these two stand local users of the target domain.
    1: dict(cn="Petra Novak", account="pnovak", unit="Operations", groups=["Operators"]),
    2: dict(cn="Michael Weber", account="mweber", unit="Engineering", groups=["Engineers"]),
    # Names that need escaping: in a DN, in a filter, in a shell, in HTML, in a spreadsheet.
    3: dict(cn="Smith, John", account="jsmith"),
    4: dict(cn="Conan O'Brien", account="cobrien"),
    5: dict(cn="#1 Dispatcher", account="dispatcher1", unit="Operations",
            groups=["Operators", "Control Room"]),
    6: dict(cn="Max Power+Light", account="mpower"),
    7: dict(cn='Anna "Anni" Berger', account="aberger"),
    8: dict(cn="A* Pathfinder", account="astar"),
    9: dict(cn="Hans Meier (extern)", account="x-hmeier", expires=SOON),
    10: dict(cn="Back\\Slash", account="bslash"),
    11: dict(cn="Zoë 🚀 Star", account="zstar"),
    12: dict(cn="Role; Deputy=Kim", account="role-kim"),
    13: dict(cn="Kim <Lee> & Söhne", account="klee"),
    14: dict(cn="=SUM(1+1)", account="formula"),
    15: dict(cn="$(reboot) `id`", account="shell-fan"),
    16: dict(cn="AC/DC Technician", account="acdc", unit="Maintenance"),
    # Composed and decomposed: the same name on paper, two people here.
    17: dict(cn=NFC_NAME, account="jkoehler", unit="Engineering", groups=["Engineers"]),
    18: dict(cn=NFD_NAME, account="jkoehler2", unit="Engineering", groups=["Engineers"]),
    19: dict(cn="山田 太郎", account="tyamada"),
    20: dict(cn="İpek Işık", account="ipek.isik"),
    21: dict(cn="Ольга Иванова", account="oivanova"),
    22: dict(cn="ليلى حداد", account="lhaddad"),
    23: dict(cn="Nguyễn Thị Hương", account="nthuong"),
    # Account names: with umlaut, as long as AD allows, dots and capitals.
    24: dict(cn="Jörg Müßig", account="jörg.müßig"),
    25: dict(cn="Friederike Hohenzollern-Sigmaringen", account="fhohenzollernsigmari"),
    26: dict(cn="Mc Donald", account="McDonald.X"),
    27: dict(cn="Maximiliana-Alexandra " + "Freifrau von und zu " * 2 + "Ed", account="mvonundzu"),
    # Values: none, many, long, binary.
    28: dict(cn="Bare Minimum", account="bare", attributes=dict.fromkeys(
        ["givenName", "sn", "displayName", "mail", "department", "title", "company",
         "telephoneNumber", "physicalDeliveryOfficeName", "l", "employeeID", "description"])),
    29: dict(cn="Many Phones", account="phones", attributes={
        "otherTelephone": ["+49 40 100", "+49 40 101", "+49 40 102", "+49 40 103"],
        "otherMobile": ["+49 170 1", "+49 170 2"],
        "url": ["https://source.test/~phones", "https://example.test/?q=a&b=\"c\""]}),
    30: dict(cn="Long Story", account="lstory", attributes={
        "description": "Fills a thousand characters. " * 34,
        "info": "First line\r\nsecond line\ttab, “quotes”, \\backslash\\ and \"more\""}),
    31: dict(cn="Photo Genic", account="photo", attributes={
        "thumbnailPhoto": PIXEL, "jpegPhoto": [PIXEL, PIXEL + b"\x00"]}),
    # States.
    32: dict(cn="Dora Disabled", account="ddisabled", enabled=False),
    33: dict(cn="Ed Expired", account="eexpired", expires=EXPIRED),
    34: dict(cn="Frieda Future", account="ffuture", expires=SOON),
    35: dict(cn="Zero Expiry", account="zexpiry", expires=0),
    36: dict(cn="Both Gone", account="bgone", enabled=False, expires=EXPIRED),
    # Places and memberships.
    37: dict(cn="Nils Night", account="nnight", unit="Operations/Night Shift",
             groups=["Shift Leaders"]),
    38: dict(cn="Vera Valve", account="vvalve", unit="Maintenance/Pumps, Valves",
             groups=["Maintenance", "Café, Süd + \"Nord\""]),
    39: dict(cn="Clara Console", account="cconsole", unit="Operations",
             groups=["Operators", "Control Room", "Shift Leaders"]),
    40: dict(cn="Norbert Nogroup", account="nnogroup", unit="Office", groups=[]),
    41: dict(cn="Alice Allgroups", account="aallgroups", unit="Engineering", groups=[
        "Operators", "Engineers", "Maintenance", "Visitors", "Control Room", "All Staff"]),
    # Two people of one name in different units: they want the same cn in the target.
    42: dict(cn="Thomas Schmidt", account="tschmidt", unit="Operations", groups=["Operators"]),
    43: dict(cn="Thomas Schmidt", account="tschmidt2", unit="Office", groups=[]),
}


def people(count):
    accounts, names = set(), set()
    for person in AWKWARD.values():
        accounts.add(person["account"].casefold())
        names.add(person["cn"].casefold())
    for number in range(count):
        yield awkward(number) if number in AWKWARD else ordinary(number, accounts, names)


def ordinary(number, accounts, names):
    given, family = pick(GIVEN_NAMES, number, "given"), pick(FAMILY_NAMES, number, "family")
    cn = first_free(names, itertools.chain(
        [f"{given} {family}", f"{given} {pick('ABCDEFGHJKLMNPRSTW', number, 'middle')}. {family}"],
        [f"{given} {family} ({employee_id(number)})"]))
    stem = ascii_only(given[0] + family)[:15]
    account = first_free(accounts, itertools.chain(
        [stem], (f"{stem}{n}" for n in itertools.count(2))))
    return assemble(number, cn, account, given, family)


def awkward(number):
    extra = AWKWARD[number]
    given, family = split_name(extra["cn"])
    person = assemble(number, extra["cn"], extra["account"], given, family)
    if "unit" in extra:
        person.unit = extra["unit"]
        person.attributes["department"] = person.unit.split("/")[0]
    if "groups" in extra:
        person.groups = extra["groups"]
    person.enabled = extra.get("enabled", True)
    person.expires = extra.get("expires")
    person.attributes.update(extra.get("attributes", {}))
    person.attributes = {k: v for k, v in person.attributes.items() if v}
    return person


def split_name(cn):
    """Given and family name of "Jane Doe", "Doe, Jane" or "Jane Doe (extern)"."""
    if ", " in cn:
        return cn.split(", ", 1)[::-1]
    given, _, family = cn.removesuffix(" (extern)").rpartition(" ")
    return given, family


def assemble(number, cn, account, given, family):
    department = department_of(number)
    office = f"{pick('ABC', number, 'building')}-{draw(number, 'room') % 400 + 100}"
    phone = f"+49 40 {draw(number, 'phone') % 900000 + 100000}"
    attributes = {
        "givenName": given, "sn": family, "displayName": cn,
        "mail": f"{ascii_only(account)}@source.test", "department": department,
        "title": pick(TITLES[department], number, "title"), "company": "Source Works",
        "telephoneNumber": phone, "physicalDeliveryOfficeName": office,
        "l": pick(SITES, number, "site"), "employeeID": employee_id(number),
        "description": f"{department}, since {1990 + draw(number, 'since') % 36}",
    }
    # Not everybody has everything.
    if chance(number, "mobile", 60):
        attributes["mobile"] = f"+49 170 {draw(number, 'mobile number') % 9000000 + 1000000}"
    if chance(number, "other telephone", 20):
        attributes["otherTelephone"] = [phone + "-0", phone + "-1"]
    if chance(number, "url", 10):
        attributes["url"] = [f"https://source.test/~{ascii_only(account)}"]
    for attribute, percent in ("description", 30), ("title", 10), ("mail", 5):
        if chance(number, "no " + attribute, percent):
            del attributes[attribute]
    return Person(
        number=number, unit=unit_of(number, department), cn=cn, account=account,
        attributes={k: v for k, v in attributes.items() if v},
        groups=groups_of(number, department), enabled=not chance(number, "disabled", 6),
        expires=expiry_of(number, department))


def department_of(number):
    share = draw(number, "department") % 100
    for department, (percent, _) in DEPARTMENTS.items():
        share -= percent
        if share < 0:
            return department
    raise AssertionError("the percentages do not add up to 100")


def unit_of(number, department):
    if department == "Operations" and chance(number, "night", 25):
        return "Operations/Night Shift"
    if department == "Maintenance" and chance(number, "pumps", 30):
        return "Maintenance/Pumps, Valves"
    return department


def groups_of(number, department):
    """A shift leader is an operator through nesting only."""
    if department == "Operations" and chance(number, "leader", 8):
        return ["Shift Leaders", "Control Room"]
    group = DEPARTMENTS[department][1]
    groups = [group] if group and not chance(number, "no group", 4) else []
    if department == "Operations" and chance(number, "control room", 12):
        groups.append("Control Room")
    if department == "Engineering" and chance(number, "fitter", 15):
        groups.append("Maintenance")
    return groups


def expiry_of(number, department):
    if chance(number, "expired", 2):
        return EXPIRED
    return SOON if department == "Visitors" or chance(number, "expires", 5) else None


def employee_id(number):
    return f"E{number + 10000}"


def pick(choices, number, what):
    return choices[draw(number, what) % len(choices)]


def chance(number, what, percent):
    return draw(number, what) % 100 < percent


def draw(number, what):
    """A number that looks random and never changes, unlike those of `random`."""
    return zlib.crc32(f"{what}/{number}/{what}".encode()) >> 3


def first_free(taken, candidates):
    for candidate in candidates:
        if candidate.casefold() not in taken:
            taken.add(candidate.casefold())
            return candidate
    raise AssertionError("the last candidate must be free")


def ascii_only(text):
    for letter, plain in ("ß", "ss"), ("ł", "l"), ("ı", "i"), ("ø", "o"), ("å", "a"):
        text = text.lower().replace(letter, plain)
    for umlaut in "äöü":
        text = text.replace(umlaut, unicodedata.normalize("NFD", umlaut)[0] + "e")
    return "".join(c for c in unicodedata.normalize("NFD", text)
                   if c.isascii() and (c.isalnum() or c in ".-"))
