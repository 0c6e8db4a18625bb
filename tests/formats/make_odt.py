"""Writes survey.odt beside this file: python3 make_odt.py"""

import pathlib
import zipfile

HERE = pathlib.Path(__file__).parent
NS = " ".join(f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for prefix, name in
              [("office", "office"), ("text", "text"), ("table", "table"), ("meta", "meta"), ("draw", "drawing")])
NS += ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
META = f"""<?xml version="1.0" encoding="UTF-8"?><office:document-meta {NS}><office:meta>
<meta:initial-creator>Tove &amp; Aksel Lund</meta:initial-creator><dc:creator>Somebody Else</dc:creator>
<meta:creation-date>2026-02-17T11:30:00.000000000</meta:creation-date><dc:date>2026-02-20T08:00:00</dc:date>
<dc:title>What the islands' survey found</dc:title></office:meta></office:document-meta>"""
MANIFEST = """<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>"""
CONTENT = f"""<?xml version="1.0" encoding="UTF-8"?><office:document-content {NS}><office:scripts/><office:body><office:text>
<text:tracked-changes><text:changed-region><text:deletion><text:p>Some 900 people answered.</text:p></text:deletion></text:changed-region>
</text:tracked-changes>
<text:table-of-content><text:index-body><text:p>Answers 1</text:p></text:index-body></text:table-of-content>
<text:h text:outline-level="1">Answers</text:h>
<text:p>Of the 2,480 households on the islands, <text:span>1,116</text:span> answered, that is 45<text:s/>percent<text:note><text:note-citation>1
</text:note-citation><text:note-body><text:p>In 2021 it was 39 percent.</text:p></text:note-body></text:note>; the R&amp;D department
of Skerry &#38; Sons<office:annotation><dc:creator>Editor</dc:creator><text:p>Check the name!</text:p></office:annotation> counted them.</text:p>
<text:p>The <text:change text:change-id="c1"/>ferry<draw:frame><draw:text-box><text:p>Picture: the pier in 1961</text:p></draw:text-box></draw:frame>
was the matter named<text:tab/>most often.<text:line-break/>The school came second.</text:p>
<text:list><text:list-item><text:p>Ferry: 612 answers</text:p></text:list-item><text:list-item><text:p>School: 288 answers</text:p></text:list-item></text:list>
<table:table><table:table-row><table:table-cell><text:p>Households on Inner Skerry: 1,730</text:p></table:table-cell><table:table-cell>
<text:p>Households on Outer Skerry: 750</text:p></table:table-cell><table:covered-table-cell><text:p>hidden</text:p></table:covered-table-cell>
</table:table-row></table:table>
<text:p/></office:text></office:body></office:document-content>"""

with zipfile.ZipFile(HERE / "survey.odt", "w", zipfile.ZIP_DEFLATED) as out:
    for name, text in [("mimetype", "application/vnd.oasis.opendocument.text"), ("META-INF/manifest.xml", MANIFEST),
                       ("meta.xml", META), ("content.xml", CONTENT)]:
        kind = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
        out.writestr(zipfile.ZipInfo(name, (2026, 2, 17, 11, 30, 0)), text, kind)
