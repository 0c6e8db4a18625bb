"""Writes minutes.docx beside this file: python3 make_docx.py"""

import pathlib
import zipfile

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
HERE = pathlib.Path(__file__).parent
TYPES = """<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>
<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>"""
RELS = """<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="a" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>
<Relationship Id="b" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/>
</Relationships>"""
CORE = """<?xml version="1.0" encoding="UTF-8"?><cp:coreProperties
 xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:creator>Ilse Maur</dc:creator>
<dcterms:created xsi:type="dcterms:W3CDTF">2026-03-10T09:00:00Z</dcterms:created></cp:coreProperties>"""


def run(text):
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*runs):
    return f"<w:p>{''.join(runs)}</w:p>"


def table(*cells):
    return "<w:tbl><w:tr>" + "".join(f"<w:tc>{cell}</w:tc>" for cell in cells) + "</w:tr></w:tbl>"


def write(name, body):
    document = f'<?xml version="1.0" encoding="UTF-8"?><w:document {W}><w:body>{body}</w:body></w:document>'
    with zipfile.ZipFile(HERE / name, "w", zipfile.ZIP_DEFLATED) as out:
        for path, text in [("[Content_Types].xml", TYPES), ("_rels/.rels", RELS), ("word/document.xml", document), ("docProps/core.xml", CORE)]:
            out.writestr(zipfile.ZipInfo(path, (2026, 3, 10, 9, 0, 0)), text, zipfile.ZIP_DEFLATED)


struck = '<w:del w:id="1" w:author="x"><w:r><w:delText>31 </w:delText></w:r></w:del>'
added = f'<w:ins w:id="2" w:author="x">{run("13 ")}</w:ins>'
write("minutes.docx",
      paragraph(run("Minutes of the county council"))
      + paragraph(run("The council spent "), run("$14 million"), run(" in 2025 on the roads &amp; bridges of the island."))
      + paragraph(run("It hired "), struck, added, run("engineers for the bridge."))
      + table(paragraph(run("Members present: 21")), paragraph(run("Members excused: 3"))))
