import LookAlikes
import Testing

@Suite("Names that look like others") struct LookAlikesTests {
    @Test(
        "Names of people are not suspicious",
        arguments: [
            "Jane Doe", "Jürgen Köhler", "Ju\u{308}rgen Ko\u{308}hler", "Weiß-Müller, Hans", "Conan O'Brien",
            "D’Angelo, Élodie",
            "Ada Ó Súilleabháin", "Łukasz Żółć", "Ślusarczyk-Gwoźdź", "Dvořák, Čeněk", "Özgür Işık", "İsmail Kılıç",
            "Şükrü Çağlar",
            "Nguyễn Thị Ánh", "Nguye\u{302}\u{303}n Thi\u{323} A\u{301}nh", "Trần Hưng Đạo", "Þórður Guðmundsson",
            "Sørensen Åse",
            "Īzaks Ķēniņš", "Žydrūnas Ąžuolas", "Ştefan Țepeș", "Ñuño Ibáñez", "João d'Ávila", "Ġużè Ħarrub",
            "Ŋaalŋa Ɛdɔm", "Ɓala Ɗan",
            "Γιώργος Παπαδόπουλος", "Αθηνά Νίκη", "Ελένη Ωνάση", "Иван Петров", "Сара Рон", "Пётр Чайковский",
            "Юлія Ґудзь", "Оксана",
            "Зоран Ђинђић", "Аннa".replacing("a", with: "а"), "Արամ Խաչատրյան", "შოთა რუსთაველი", "ᏎᏉᏯ",
            "王小明", "魏 伟", "欧阳　修", "山田 花子", "やまだ はなこ", "ヤマダ　ハナコ", "佐々木 ケン", "渡邊ミカ", "葛\u{E0100}城 太郎", "김철수", "金철수",
            "Ken山田", "李 Lee", "محمد علي", "علی\u{200C}رضا", "דָּוִד בֶּן־גּוּרְיוֹן", "שָׁרוֹן", "राम शर्मा", "ক্\u{200D}ষমা", "สมชาย ปู่",
            "நந்தினி", "Գոռ",
            "Jane Doe (Extern)", "Doe, Jane – Gast", "Иванов (IT)", "Jane Doe 2", "Dr. Müller & Söhne",
            "Anna-Лена".replacing("Anna", with: "Анна"),
            "Иван Smith", "👩\u{200D}🔧 Jane", "Jane\u{2019}s", "€uro",
        ])
    func ordinary(name: String) {
        #expect(NameSuspicion.all(in: name) == [])
    }

    @Test(
        "Names that pretend are",
        arguments: [
            ("J\u{430}ne Doe", "mixes Latin and Cyrillic letters: 'а' (U+0430) looks like 'a'"),
            ("\u{410}dministrator", "mixes Latin and Cyrillic letters: 'А' (U+0410) looks like 'A'"),
            ("J\u{3BF}hn Doe", "mixes Latin and Greek letters: 'ο' (U+03BF) looks like 'o'"),
            ("Jane \u{421}\u{43E}\u{445}", "mixes Latin and Cyrillic letters: 'С' (U+0421) looks like 'C'"),
            ("Иван П\u{65}тров", "mixes Cyrillic and Latin letters: 'e' (U+0065) is Latin"),
            ("Petroж", "mixes Latin and Cyrillic letters: 'ж' (U+0436) is Cyrillic"),
            ("Κώστα\u{441}", "mixes Greek and Cyrillic letters: 'с' (U+0441) looks like 'c'"),
            ("J. \u{421}\u{43E}\u{445}", "mixes Latin and Cyrillic letters: 'С' (U+0421) looks like 'C'"),
            ("Jane\u{585}", "mixes Latin and Armenian letters: 'օ' (U+0585) looks like 'o'"),
            ("J\u{430}\u{301}ne", "mixes Latin and Cyrillic letters: 'а' (U+0430) looks like 'a'"),
            ("Ｊane Doe", "has a letter of another kind: 'Ｊ' (U+FF2A) looks like 'J'"),
            ("\u{1D409}ane", "has a letter of another kind: '\u{1D409}' (U+1D409) looks like 'J'"),
            ("\u{24BF}ane", "has a letter of another kind: 'Ⓙ' (U+24BF) looks like 'J'"),
            ("J\u{251}ne", "has a letter of another kind: 'ɑ' (U+0251) looks like 'a'"),
            ("\u{212A}arl", "has a letter of another kind: '\u{212A}' (U+212A) looks like 'K'"),
            ("Jane\u{200B} Doe", "has a character that does not show (U+200B)"),
            ("Ja\u{AD}ne Doe", "has a character that does not show (U+00AD)"),
            ("Jane\u{200D} Doe", "has a character that does not show (U+200D)"),
            ("Jane\u{3164}", "has a character that does not show (U+3164)"),
            ("Jane\u{2800}Doe", "has a character that does not show (U+2800)"),
            ("Jane\u{E0041} Doe", "has a character that does not show (U+E0041)"),
            ("Jane\u{FE0F} Doe", "has a character that does not show (U+FE0F)"),
            ("\u{FEFF}Jane Doe", "has a character that does not show (U+FEFF)"),
            ("\u{202E}eoD enaJ", "has a character that turns the reading direction (U+202E)"),
            ("Jane\u{2066} Doe", "has a character that turns the reading direction (U+2066)"),
            ("Jane\u{200F} Doe", "has a character that turns the reading direction (U+200F)"),
            ("Jane\u{A0}Doe", "has a space that is not the usual one (U+00A0)"),
            ("Z\u{337}\u{35B}\u{321}\u{301}\u{302}algo", "piles 5 accents on one letter"),
            ("Jane\u{E000}", "has a code point that is no character (U+E000)"),
        ])
    func suspicious(name: String, sentence: String) {
        #expect(NameSuspicion.all(in: name).map(\.description).contains(sentence), "\(NameSuspicion.all(in: name))")
    }

    @Test("Each kind is told once")
    func once() {
        #expect(NameSuspicion.all(in: "J\u{430}n\u{435}\u{200B}\u{200B}\u{200C}").count == 2)
    }

    @Test(
        "Names that look the same have one skeleton",
        arguments: [
            ("Jane Doe", "J\u{430}n\u{435} D\u{43E}\u{435}"), ("Jane Doe", "JANE  DOE "), ("Jane Doe", "Jane\u{A0}Doe"),
            ("Jane Doe", "Jane\u{200B} Doe"), ("Jane Doe", "Ｊａｎｅ Ｄｏｅ"), ("Conan O'Brien", "Conan O’Brien"),
            ("Anna-Lena", "Anna\u{2010}Lena"), ("Köhler", "Ko\u{308}hler"), ("Nguyễn", "Nguye\u{302}\u{303}n"),
            ("Bob", "\u{412}ob"),
            ("jdoe1", "jdoel"), ("jdoe", "jd0e"), ("Sara", "S\u{430}r\u{430}"), ("COX", "\u{421}\u{41E}\u{425}"),
            ("Paul", "\u{1D40F}aul"), ("KATE", "ΚΑΤΕ"),
        ])
    func alike(left: String, right: String) {
        #expect(Skeleton(left) == Skeleton(right))
    }

    @Test(
        "Those of different people have different ones",
        arguments: [
            ("Jane Doe", "Jan Doe"), ("Muller", "Müller"), ("Köhler", "Kohler"), ("Carl Smith", "Cari Smith"),
            ("Anna", "Ana"),
            ("Иван", "Иванна"), ("Strasse", "Straße"), ("Arnold", "Amold"), ("Ali", "Alı"), ("王", "玉"),
            ("Corner", "Comer"),
        ])
    func different(left: String, right: String) {
        #expect(Skeleton(left) != Skeleton(right))
    }
}
