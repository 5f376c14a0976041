"""What is in the handbook of the desk: ten chapters, each for some of the roles, and the pictures that they show.

A chapter's text is a template of its own, written in Swedish like all that the desk says.
"""

from dataclasses import dataclass

COORDINATOR, EDITOR, PUBLISHER, ADMINISTRATOR = (
    "Internationell samordnare",
    "Redaktör",
    "Publicist",
    "Administratör",
)
WRITERS = (COORDINATOR, EDITOR, PUBLISHER)
PUBLISHERS = (COORDINATOR, PUBLISHER)
ALL = (*WRITERS, ADMINISTRATOR)


@dataclass(frozen=True)
class Picture:
    """static/handbook/NAME.webp, as docs/handbook_pictures.py takes it: so many pixels high."""

    name: str
    height: int
    alt: str
    width: int = 960

    @property
    def file(self):
        return f"handbook/{self.name}.webp"


@dataclass(frozen=True)
class Chapter:
    slug: str
    title: str
    lead: str
    roles: tuple
    pictures: tuple

    @property
    def template(self):
        return f"admin/handbook/{self.slug}.html"


CHAPTERS = [
    Chapter(
        "skriva",
        "Skriva ett utkast",
        "Allt du skriver blir först ett utkast. Det sparas medan du skriver, och allmänheten ser inget av det.",
        WRITERS,
        (
            Picture(
                "utkast_formular",
                560,
                "Ett formulär för Exempelnätverket. Överst står att det är ett utkast som allmänheten inte ser, och i "
                "raden längst ner finns knapparna Spara utkast, Förhandsvisa, Publicera och Mer.",
            ),
            Picture(
                "skrivbordet",
                700,
                "Skrivbordet med rutorna Väntar på mig, Håller jag på med, Schemalagt och Nyligen publicerat. "
                "Exempelnätverket ligger under Håller jag på med.",
            ),
        ),
    ),
    Chapter(
        "forhandsvisa",
        "Förhandsvisa och dela en förhandsvisning",
        "Se sidan precis som den blir, på svenska och engelska. Du kan också visa den för någon som inte har konto.",
        WRITERS,
        (
            Picture(
                "forhandsvisning",
                480,
                "En förhandsvisad sida. Överst ligger en list som säger att allmänheten inte ser sidan, med länkar "
                "till listan, startsidan, svenska, engelska och tillbaka till formuläret.",
            ),
            Picture(
                "delad_lank",
                640,
                "Under Dela förhandsvisning står länken i ett fält, hur länge den gäller och knappen Återkalla.",
            ),
        ),
    ),
    Chapter(
        "publicera",
        "Publicera nu eller senare",
        "När du publicerar syns ändringen direkt. Du kan också välja dag och tid, så sker det av sig självt.",
        PUBLISHERS,
        (
            Picture(
                "att_komplettera",
                360,
                "Överst i formuläret står att det inte är publicerat än, med en länk till varje fält som behöver "
                "kompletteras.",
            ),
            Picture(
                "publicera_senare",
                400,
                "Panelen Mer är öppen. Under Publicera senare finns fältet Dag och tid och knappen Publicera då.",
            ),
        ),
    ),
    Chapter(
        "godkanna",
        "Skicka för godkännande, och godkänna eller skicka tillbaka",
        "Den som inte får publicera själv skickar utkastet till dem som får. De publicerar det eller skickar tillbaka "
        "det med en kommentar.",
        WRITERS,
        (
            Picture(
                "skicka_for_godkannande",
                380,
                "Panelen Skicka för godkännande är öppen, med ett fält för en rad till den som godkänner och knappen "
                "Skicka nu.",
            ),
            Picture(
                "att_godkanna",
                560,
                "Ett utkast som väntar på godkännande. Under meddelandet från den som skickade det står vad som "
                "skiljer sig från det publicerade, med ändrade ord markerade.",
            ),
        ),
    ),
    Chapter(
        "avpublicera",
        "Avpublicera nu eller senare",
        "En avpublicerad sida försvinner från webbplatsen, men allt du har skrivit finns kvar här.",
        PUBLISHERS,
        (
            Picture(
                "avpublicera",
                440,
                "Panelen Mer är öppen. Under Avpublicera finns fältet Dag och tid, knappen Avpublicera då och knappen "
                "Avpublicera nu.",
            ),
        ),
    ),
    Chapter(
        "historik",
        "Se historiken, jämföra och återställa",
        "Varje gång något publiceras sparas en version, med vem, när och vad. Inget går förlorat, inte ens det som "
        "någon har raderat.",
        ALL,
        (
            Picture(
                "versioner",
                440,
                "Historiken för Exempelnätverket: en tabell med versioner, två val för vilka som ska jämföras, och en "
                "knapp för att återställa.",
            ),
            Picture(
                "jamforda_versioner",
                300,
                "Två versioner sida vid sida. Ord som har tillkommit och ord som har tagits bort är markerade.",
            ),
        ),
    ),
    Chapter(
        "samtidigt",
        "När någon annan ändrat samtidigt",
        "Ni kan arbeta i samma formulär utan att skriva över varandra. Ändrar ni samma sak får du se båda versionerna.",
        ALL,
        (
            Picture(
                "annan_har_oppnat",
                320,
                "Överst i formuläret för Exempelnätverket står att Alva Exempel också har formuläret öppet.",
            ),
            Picture(
                "bada_versionerna",
                480,
                "En ruta säger att någon annan har ändrat samma sak. Den andra versionen och din egen står bredvid "
                "varandra.",
            ),
        ),
    ),
    Chapter(
        "bilder",
        "Bilder: ladda upp, beskriva och beskära",
        "En bild läggs in en gång och kan sedan väljas på flera sidor. Beskriv den för den som inte ser den.",
        ALL,
        (
            Picture(
                "fokuspunkt",
                680,
                "En bild med fokuspunkten som en ram mitt på motivet. Under den visas hur bilden beskärs överst på "
                "startsidan.",
            ),
            Picture(
                "var_bilden_anvands",
                360,
                "Under Används i står varje formulär där bilden är vald och varje sida som visar den.",
            ),
        ),
    ),
    Chapter(
        "klistra-in",
        "Klistra in text, och ange uppgifter med datum",
        "Text från Word klistras in utan krångel. Siffror som åldras skriver du som uppgifter med årtal och källa.",
        WRITERS,
        (
            Picture(
                "inklistrat",
                440,
                "Textfältet efter att text har klistrats in från Word: en rubrik, ett stycke med fetstil och en "
                "punktlista. Ovanför finns knapparna för rubriker, listor och länkar.",
            ),
            Picture(
                "uppgift",
                500,
                "En rad under Uppgifter: Medlemmar, 7 städer, gällde 2025, kontrolleras igen 2027-03-01, med källa.",
            ),
        ),
    ),
    Chapter(
        "anvandare",
        "Bjuda in en användare, roller och glömt lösenord",
        "Ett konto börjar med en inbjudan. Rollen avgör vad man får göra. Lösenordet väljer var och en själv.",
        (ADMINISTRATOR,),
        (
            Picture(
                "bjud_in",
                590,
                "Formuläret för en ny användare, med användarnamn, namn, e-postadress och de fyra rollerna att kryssa "
                "i.",
            ),
            Picture(
                "glomt_losenord",
                440,
                "Inloggningssidan, med en länk för den som har glömt sitt lösenord.",
            ),
        ),
    ),
]
