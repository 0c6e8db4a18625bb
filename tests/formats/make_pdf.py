"""Writes report.pdf, scan.pdf, locked.pdf and restricted.pdf beside this file: pip install reportlab; python3 make_pdf.py"""

import pathlib
import re

from PIL import Image
from reportlab import rl_config
from reportlab.lib.enums import TA_JUSTIFY
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen import canvas
from reportlab.platypus import BaseDocTemplate, Frame, FrameBreak, NextPageTemplate, PageTemplate, Paragraph

HERE = pathlib.Path(__file__).parent
WIDTH, HEIGHT = A4
# The same bytes at each run.
rl_config.invariant = 1

BODY = ParagraphStyle("body", fontName="Times-Roman", fontSize=10, leading=12, alignment=TA_JUSTIFY, firstLineIndent=12,
                      embeddedHyphenation=1)
HEAD = ParagraphStyle("head", fontName="Helvetica-Bold", fontSize=12, leading=15, spaceBefore=10, spaceAfter=4)
TITLE = ParagraphStyle("title", fontName="Helvetica-Bold", fontSize=20, leading=24)
LINE = ParagraphStyle("line", fontName="Times-Italic", fontSize=10, leading=14)

# A dot in the middle of a word is a place where it may be broken.
TEXT = """
The har·bour au·thor·i·ty of Sund·holm han·dled 4.1 mil·lion tonnes of car·go in 2025, 6 per·cent less than in the year be·fore. It was the third year of de·cline in a row, the au·thor·i·ty's di·rec·tor, Jo·han·na Ryd·berg, said when she pre·sent·ed the re·port.

Con·tain·ers made up 38 per·cent of the ton·nage, and tim·ber 22 per·cent. The num·ber of ships that called fell from 1,912 to 1,744. The long·est stay was that of the grain car·ri·er “As·tra Nord”, which lay at the east·ern quay for 61 days af·ter its own·er had be·come in·sol·vent.

# The new quay

Work on the deep-wa·ter quay be·gan on 3 Feb·ru·ary 2025 and is to end in the au·tumn of 2027. The con·trac·tor, Hol·le·baek Ma·rine, has been paid 88 mil·lion eu·ros so far; the whole is to cost 214 mil·lion, of which the coun·ty bears a third.

Di·vers found two un·ex·plod·ed mines from the war in April. The site was closed for nine days, and 340 peo·ple had to leave their homes for an af·ter·noon. No·bo·dy was hurt.

The au·thor·i·ty had first planned a quay of 410 me·tres. Af·ter the court of ap·peal de·cid·ed in fa·vour of the fish·er·men's as·so·ci·a·tion in June 2024, it was short·ened to 365 me·tres, which still is long e·nough for the larg·est ships that the fair·way can take.

# Staff and fi·nan·ces

At the end of the year the au·thor·i·ty em·ployed 412 peo·ple, 17 few·er than a year ear·li·er. Nine of them were ap·pren·tic·es. The av·er·age age rose to 47.

Rev·e·nue was 73.4 mil·lion eu·ros, costs were 69.9 mil·lion. The au·thor·i·ty there·fore earned 3.5 mil·lion eu·ros, half of what it had ex·pect·ed. The rea·son was the price of elec·tric·i·ty for the cranes, which rose by 31 per·cent.

The su·per·vi·so·ry board, chaired by the for·mer min·is·ter E·rik Thor·sell, met six times. It ap·proved the sale of the old cus·toms house to a foun·da·tion for 2.8 mil·lion eu·ros. The foun·da·tion means to turn it in·to a mu·se·um of e·mi·gra·tion, which is to o·pen in 2028.

# The har·bour and its neigh·bours

Com·plaints about noise fell to 57, from 83. Most came from the dis·trict of Lower Klint, where a bar·ri·er of four me·tres was built be·tween the rail·way and the houses. The rest con·cerned the ven·ti·la·tors of re·frig·er·at·ed con·tain·ers at night.

In Sep·tem·ber some 9,000 peo·ple came to the o·pen day. Chil·dren could steer a tug, and the fire bri·gade showed how it puts out a burn·ing tank. The next o·pen day is planned for 12 Sep·tem·ber 2026.

The au·thor·i·ty wants to sup·ply all cruise ships with elec·tric·i·ty from the land by 2029. Two of its five berths have had a con·nec·tion since May; it was used 118 times. Ships that do not use it pay a fee of 1,500 eu·ros a day from Jan·u·ary 2026 on.

# Out·look

For 2026 Ryd·berg ex·pects 4.3 mil·lion tonnes. A ship·ping line from the Bal·tic has or·dered a week·ly con·nec·tion, and the saw·mill at Hjorte·lund, which burned down in 2024, is to work a·gain from March on.

“We do not de·pend on one cus·tom·er any more,” she said. “Ten years ago a sin·gle com·pa·ny brought half of our car·go. To·day the larg·est brings 14 per·cent.”
"""


def markup(text):
    return text.replace("·", "\u00ad")


def frame(pdf, document):
    """The running head and the number of the page."""
    pdf.saveState()
    pdf.setFont("Helvetica", 8)
    pdf.drawString(56, HEIGHT - 40, "Harbour Authority of Sundholm")
    pdf.drawRightString(WIDTH - 56, HEIGHT - 40, "Annual report 2025")
    pdf.drawCentredString(WIDTH / 2, 30, f"– {document.page} –")
    pdf.restoreState()


def area(x, y, width, height):
    return Frame(x, y, width, height, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0)


document = BaseDocTemplate(str(HERE / "report.pdf"), pagesize=A4, title="Sundholm harbour: the year 2025", author="Liv Aasen",
                           subject="", creator="", producer="")
document.addPageTemplates([
    PageTemplate("first", [area(56, 700, 483, 80), area(56, 520, 230, 160), area(309, 520, 230, 160)], onPage=frame),
    PageTemplate("later", [area(56, 560, 230, 200), area(309, 560, 230, 200)], onPage=frame),
])
story = [NextPageTemplate("later"), Paragraph("Sundholm harbour: the year 2025", TITLE), Paragraph("By Liv Aasen", LINE), FrameBreak()]
for block in re.split(r"\n\s*\n", TEXT.strip()):
    style = HEAD if block.startswith("# ") else BODY
    story.append(Paragraph(markup(block.removeprefix("# ")), style))
document.build(story)

scan = canvas.Canvas(str(HERE / "scan.pdf"), pagesize=A4, invariant=1)
picture = Image.new("L", (60, 80), 255)
for y in range(8, 72, 4):
    for x in range(6, 54 - y % 9):
        picture.putpixel((x, y), 40)
scan.drawImage(ImageReader(picture), 0, 0, WIDTH, HEIGHT)
scan.showPage()
scan.save()

for name, password in [("locked.pdf", "sesame"), ("restricted.pdf", "")]:
    # The one needs a password to be opened, the other to be printed.
    locked = canvas.Canvas(str(HERE / name), pagesize=A4, invariant=1,
                           encrypt=StandardEncryption(password, "owner", canPrint=0, canCopy=0, strength=128))
    locked.drawString(72, 700, "The council met behind closed doors on 9 March 2026.")
    locked.showPage()
    locked.save()
