"""Writes islands.epub beside this file: python3 make_epub.py"""

import pathlib
import zipfile

HERE = pathlib.Path(__file__).parent
CONTAINER = """<?xml version="1.0"?><container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>
<rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>"""
BOOK = """<?xml version="1.0" encoding="UTF-8"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="id">urn:example:islands</dc:identifier>
<dc:title>The Skerry Islands: A Short History</dc:title><dc:creator>Runa Fjeld</dc:creator><dc:creator>Per Odd</dc:creator>
<dc:publisher>Lantern Press</dc:publisher><dc:language>en</dc:language><dc:date>2024-05-06</dc:date>
<meta property="dcterms:modified">2024-06-01T00:00:00Z</meta></metadata>
<manifest><item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="two" href="text/two.xhtml" media-type="application/xhtml+xml"/><item id="one" href="text/one.xhtml" media-type="application/xhtml+xml"/>
<item id="gone" href="text/gone.xhtml" media-type="application/xhtml+xml"/></manifest>
<spine><itemref idref="nav"/><itemref idref="one"/><itemref idref="two"/><itemref idref="gone"/></spine></package>"""
NAV = """<html xmlns="http://www.w3.org/1999/xhtml"><head><title>Contents</title></head><body><nav><ol><li>The pier</li></ol></nav></body></html>"""
ONE = """<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml"
 xmlns:epub="http://www.idpf.org/2007/ops"><head><title/><style>p { color: red }</style></head><body><h1>The <i>pier</i></h1>
<p>The pier was begun in 1904 &amp; finished
in 1907; it cost 61,000&nbsp;crowns<a epub:type="noteref" href="#n1">1</a>.</p>
<p>Some 240 men worked on it.<span epub:type="pagebreak" title="12">12</span> Three of them drowned &#8211; all in one night.</p>
<aside id="n1" epub:type="footnote"><p>The county paid half.</p></aside></body></html>"""
TWO = """<html xmlns="http://www.w3.org/1999/xhtml"><head><title>Two</title></head><body><h1>The school</h1><p>The school had 34 pupils
in 1950 and 11 in 1980.<br/>It was closed in 1991.<p>A table of the years: <table><tr><td>Pupils in 1960: 29</td><td>Pupils in 1970: 20</td></tr></table></body></html>"""

with zipfile.ZipFile(HERE / "islands.epub", "w", zipfile.ZIP_DEFLATED) as out:
    for name, text in [("mimetype", "application/epub+zip"), ("META-INF/container.xml", CONTAINER), ("OEBPS/book.opf", BOOK),
                       ("OEBPS/nav.xhtml", NAV), ("OEBPS/text/one.xhtml", ONE), ("OEBPS/text/two.xhtml", TWO)]:
        kind = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
        out.writestr(zipfile.ZipInfo(name, (2024, 5, 6, 9, 0, 0)), text, kind)
