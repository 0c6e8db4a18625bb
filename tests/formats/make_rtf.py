"""Writes statement.rtf beside this file: python3 make_rtf.py"""

import pathlib

TEXT = r"""{\rtf1\ansi\ansicpg1252\deff0\uc1{\fonttbl{\f0\froman\fcharset0 Times New Roman;}{\f1\fswiss\fcharset204 Arial CYR;}
{\f2\fnil\fcharset2 Symbol;}{\f3\fnil\fcharset128 MS Mincho;}}{\colortbl;\red0\green0\blue0;}
{\stylesheet{\s0 Normal;}{\s1 heading 1;}}{\*\generator Somebody's writer;}
{\info{\title Statement on the fire at Hjortelund}{\author J\'fcrgen Sandvik}{\creatim\yr2026\mo1\dy22\hr9\min5}{\revtim\yr2026\mo1\dy30}}
{\header\pard Confidential \chpgn\par}
\pard\plain\s1\b Statement on the fire\par
\pard\plain\f0 The fire at the saw\-mill in Hjortelund broke out at 02:40 on 19\~January 2026. It destroyed two of the three h
alls{\footnote\pard\plain {\super \chftn} The third was built in 1998.}; the damage is put at \'803.2\~million.\par
{\field{\*\fldinst HYPERLINK "https://mill.example"}{\fldrslt The mill}}\rquote s owner, Brede Hol\u229?s, told Greta M\u252\'fcller: \ldblquote We will build it again\emdash
and better.\rdblquote\line He employs {\deleted 49 }{\revised 94 }people.{\v hidden note}\par
{\pntext\f2\'b7\tab}First he thanked the brigade of {\f1\'cc\'ee\'f1\'ea\'e2\'e0} \{sic\} and of {\f3\'93\'8c\'8b\'9e}.\par
{\shp{\*\shpinst{\sp{\sn shapeType}{\sv 202}}{\shptxt\pard Picture: the hall in March 2024\par}}{\shprslt{\par fallback\par}}}
\trowd\cellx1\cellx2\intbl Firefighters: 61\cell Engines: 9\cell\row
\pard It is the second fire in \u-10179?\u-8923? five years. {\pict\pngblip 89504e470d0a1a0a}{\*\unknown with {text} in it}
Insurers \bin4 {}\}{ have been told.\par}
"""

pathlib.Path(__file__).with_name("statement.rtf").write_bytes(TEXT.encode("ascii"))
