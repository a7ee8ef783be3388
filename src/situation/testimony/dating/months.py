"""Words of dates in the languages of sources: months in the forms in which dates have them, weekdays, and what stands beside.

Source: names and abbreviations as in the Unicode Common Locale Data Repository (CLDR), with the cases that dates take in
each language. Serbian is here in both its scripts, and Arabic with the months of the Nile, the Levant, Algeria and Tunisia, and
Morocco; Persian, Hebrew and Arabic with the Gregorian months alone.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

__all__ = [
    "BESIDE",
    "BETWEEN",
    "LANGUAGES",
    "MONTHS",
    "SHORT_MONTHS",
    "WEEKDAYS",
    "date_key",
    "month_names",
    "weekday_names",
]

LANGUAGES: Final = {
    "English": (
        "January February March April May June July August September October November December; Jan:1 Feb:2 Mar:3 Apr:4 "
        "Jun:6 Jul:7 Aug:8 Sep:9 Sept:9 Oct:10 Nov:11 Dec:12",
        "",
        "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
        "Mon Tue Wed Thu Fri Sat Sun Tues Weds Thur Thurs",
        "st nd rd th of the on in at ad ce a d",
    ),
    "French": (
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
        "janv févr mars avr mai juin juil août sept oct nov déc",
        "lundi mardi mercredi jeudi vendredi samedi dimanche",
        "lun mar mer jeu ven sam dim",
        "le er du de à en",
    ),
    "Spanish": (
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre; setiembre:9",
        "ene feb mar abr may jun jul ago sep oct nov dic; sept:9",
        "lunes martes miércoles jueves viernes sábado domingo",
        "lun mar mié jue vie sáb dom",
        "de del el a o en año",
    ),
    "Portuguese": (
        "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
        "jan fev mar abr mai jun jul ago set out nov dez",
        "segunda terça quarta quinta sexta sábado domingo",
        "seg ter qua qui sex sáb dom feira",
        "de do em no dia o",
    ),
    "Italian": (
        "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
        "gen feb mar apr mag giu lug ago set ott nov dic",
        "lunedì martedì mercoledì giovedì venerdì sabato domenica",
        "lun mar mer gio ven sab dom",
        "il l di del nel o",
    ),
    "German": (
        "Januar Februar März April Mai Juni Juli August September Oktober November Dezember; Jänner:1 Feber:2",
        "Jan Feb Mär Apr Mai Jun Jul Aug Sep Okt Nov Dez; Jän:1 Mrz:3 Sept:9",
        "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag",
        "Mo Di Mi Do Fr Sa So Sonnabend",
        "am den der dem vom im um Uhr",
    ),
    "Dutch": (
        "januari februari maart april mei juni juli augustus september oktober november december",
        "jan feb mrt apr mei jun jul aug sep okt nov dec",
        "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
        "ma di wo do vr za zo",
        "op de den van",
    ),
    "Polish": (
        "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia; "
        "styczeń:1 luty:2 marzec:3 kwiecień:4 maj:5 czerwiec:6 lipiec:7 sierpień:8 wrzesień:9 październik:10 "
        "listopad:11 grudzień:12",
        "sty lut mar kwi maj cze lip sie wrz paź lis gru",
        "poniedziałek wtorek środa czwartek piątek sobota niedziela",
        "pon wt śr czw pt sob niedz nd środę sobotę niedzielę",
        "r roku rok w we dnia dniu",
    ),
    "Russian": (
        "января февраля марта апреля мая июня июля августа сентября октября ноября декабря; январь:1 февраль:2 март:3 "
        "апрель:4 май:5 июнь:6 июль:7 август:8 сентябрь:9 октябрь:10 ноябрь:11 декабрь:12",
        "янв фев мар апр мая июн июл авг сен окт ноя дек; февр:2 сент:9 нояб:11",
        "понедельник вторник среда четверг пятница суббота воскресенье",
        "пн вт ср чт пт сб вс среду пятницу субботу",
        "г года год году число числа го в во",
    ),
    "Ukrainian": (
        "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня; січень:1 лютий:2 "
        "березень:3 квітень:4 травень:5 червень:6 липень:7 серпень:8 вересень:9 жовтень:10 листопад:11 грудень:12",
        "січ лют бер квіт трав черв лип серп вер жовт лист груд",
        "понеділок вівторок середа четвер п'ятниця субота неділя",
        "пн вт ср чт пт сб нд середу п'ятницю суботу неділю",
        "р року рік році у в",
    ),
    "Bulgarian": (
        "януари февруари март април май юни юли август септември октомври ноември декември",
        "яну фев март апр май юни юли авг сеп окт ное дек",
        "понеделник вторник сряда четвъртък петък събота неделя",
        "пн вт ср чт пт сб нд",
        "г година на",
    ),
    "Serbian": (
        "јануара фебруара марта априла маја јуна јула августа септембра октобра новембра децембра; јануар:1 фебруар:2 "
        "март:3 април:4 мај:5 јун:6 јул:7 август:8 септембар:9 октобар:10 новембар:11 децембар:12",
        "јан феб мар апр мај јун јул авг сеп окт нов дец",
        "понедељак уторак среда четвртак петак субота недеља",
        "пон уто сре чет пет суб нед среду суботу недељу",
        "године год дана у",
    ),
    "Serbian in Latin letters": (
        "januara februara marta aprila maja juna jula avgusta septembra oktobra novembra decembra; januar:1 februar:2 "
        "mart:3 april:4 maj:5 jun:6 jul:7 avgust:8 septembar:9 oktobar:10 novembar:11 decembar:12",
        "jan feb mar apr maj jun jul avg sep okt nov dec",
        "ponedeljak utorak sreda četvrtak petak subota nedelja",
        "pon uto sre čet pet sub ned sredu subotu nedelju",
        "godine god dana u",
    ),
    "Croatian": (
        "siječnja veljače ožujka travnja svibnja lipnja srpnja kolovoza rujna listopada studenoga prosinca; siječanj:1 "
        "veljača:2 ožujak:3 travanj:4 svibanj:5 lipanj:6 srpanj:7 kolovoz:8 rujan:9 listopad:10 studeni:11 studenog:11 "
        "prosinac:12",
        "sij velj ožu tra svi lip srp kol ruj lis stu pro",
        "ponedjeljak utorak srijeda četvrtak petak subota nedjelja",
        "pon uto sri čet pet sub ned srijedu subotu nedjelju",
        "godine god g dana u",
    ),
    "Turkish": (
        "Ocak Şubat Mart Nisan May\u0131s Haziran Temmuz Ağustos Eylül Ekim Kas\u0131m Aral\u0131k",
        "Oca Şub Mar Nis May Haz Tem Ağu Eyl Eki Kas Ara",
        "Pazartesi Sal\u0131 Çarşamba Perşembe Cuma Cumartesi Pazar",
        "Pzt Sal Çar Per Cum Cmt Paz",
        "günü tarihinde de da te ta",
    ),
    "Azerbaijani": (
        "yanvar fevral mart aprel may iyun iyul avqust sentyabr oktyabr noyabr dekabr",
        "yan fev mar apr may iyn iyl avq sen okt noy dek",
        "bazar-ertəsi çərşənbə-axşam\u0131 çərşənbə cümə-axşam\u0131 cümə şənbə bazar",
        "ertəsi axşam\u0131",
        "il ildə ci cu cü c\u0131",
    ),
    "Arabic": (
        "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر; إبريل:4 يونية:6 يوليه:7",
        "",
        "الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد",
        "الإثنين اثنين ثلاثاء أربعاء خميس جمعة سبت أحد",
        "يوم في من عام سنة لعام لسنة م",
    ),
    "Arabic of the Levant": (
        "كانون_الثاني شباط آذار نيسان أيار حزيران تموز آب أيلول تشرين_الأول تشرين_الثاني كانون_الأول; تشرين_أول:10 "
        "تشرين_ثان:11 تشرين_ثاني:11 كانون_أول:12 كانون_ثاني:1",
        "",
        "الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد",
        "",
        "",
    ),
    "Arabic of Algeria and Tunisia": (
        "جانفي فيفري مارس أفريل ماي جوان جويلية أوت سبتمبر أكتوبر نوفمبر ديسمبر",
        "",
        "الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد",
        "",
        "",
    ),
    "Arabic of Morocco": (
        "يناير فبراير مارس أبريل ماي يونيو يوليوز غشت شتنبر أكتوبر نونبر دجنبر",
        "",
        "الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد",
        "",
        "",
    ),
    "Persian": (
        "ژانویه فوریه مارس آوریل مه ژوئن ژوئیه اوت سپتامبر اکتبر نوامبر دسامبر; می:5 جولای:7 آگوست:8",
        "",
        "دوشنبه سه\u200cشنبه چهارشنبه پنج\u200cشنبه جمعه شنبه یکشنبه",
        "یک چهار پنج سه دو",
        "روز در سال میلادی م",
    ),
    "Hebrew": (
        "בינואר בפברואר במרץ באפריל במאי ביוני ביולי באוגוסט בספטמבר באוקטובר בנובמבר בדצמבר; ינואר:1 פברואר:2 "
        "מרץ:3 מרס:3 במרס:3 אפריל:4 מאי:5 יוני:6 יולי:7 אוגוסט:8 ספטמבר:9 אוקטובר:10 נובמבר:11 דצמבר:12",
        "בינו בפבר במרץ באפר במאי ביוני ביולי באוג בספט באוק בנוב בדצמ",
        "שני שלישי רביעי חמישי שישי שבת ראשון",
        "",
        "יום ביום ה ב שנת",
    ),
}
"""Of each language: its months, the forms that a date has first, and after the semicolon others with their numbers; their
abbreviations; its weekdays from Monday on; other forms of these; and words that stand beside a date and change nothing."""

_ONE_LETTER: Final = str.maketrans(
    {"\u0131": "i", "ł": "l", "ي": "ی", "ى": "ی", "ك": "ک", "ة": "ه", "ـ": None, "،": " ", ",": " ", "_": " "}
)
_APOSTROPHE: Final = re.compile(r"(?<=[^\W\d_])['\u2019\u02bc\u05f3](?=[^\W\d_])")


def date_key(text: str) -> str:
    """A text as dates are compared: without case, accents, vowel signs, commas, and apostrophes within words; the letters in
    which Arabic and Persian, or Turkish and its neighbours, differ are one."""
    whole = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(sign for sign in whole if unicodedata.category(sign) not in ("Mn", "Cf"))
    return " ".join(_APOSTROPHE.sub("", unicodedata.normalize("NFC", bare).translate(_ONE_LETTER)).split())


def _numbered(names: str) -> list[tuple[str, int]]:
    """Names of months with their numbers: the first twelve in their order, then others that say theirs."""
    first, _, others = names.partition("; ")
    rows = [(name, number) for number, name in enumerate(first.split(), start=1)]
    return rows + [(name, int(number)) for name, _, number in (row.partition(":") for row in others.split())]


def month_names(language: str) -> list[tuple[str, int]]:
    """Every form of every month of a language, with its number; the first twelve are the form that a date has."""
    full, short, *_ = LANGUAGES[language]
    return [(name.replace("_", " "), number) for name, number in _numbered(full) + _numbered(short)]


def weekday_names(language: str) -> list[str]:
    """The seven days of a week from Monday on."""
    return LANGUAGES[language][2].split()


def _table(column: int) -> dict[str, tuple[int, ...]]:
    """Months by their keys; a word that is one month in one language and another in another has both."""
    table: dict[str, tuple[int, ...]] = {}
    for words in LANGUAGES.values():
        for name, number in _numbered(words[column]):
            key = date_key(name)
            table[key] = tuple(sorted({*table.get(key, ()), number}))
    return table


def _words(*columns: int) -> frozenset[str]:
    return frozenset(
        part
        for words in LANGUAGES.values()
        for column in columns
        for word in words[column].split()
        for part in date_key(word).split("-")
    )


_RANGES: Final = (
    "from to until till through; du au; al hasta; até; dal; vom bis; tot; od do; с по; від з до; إلى حتى ولغاية; تا; עד"
)
"""What stands between the ends of a span, or before its first."""
MONTHS: Final = _table(0)
SHORT_MONTHS: Final = _table(1)
WEEKDAYS: Final = _words(2, 3)
BESIDE: Final = _words(4)
BETWEEN: Final = frozenset(date_key(word) for word in _RANGES.replace(";", "").split())
