"""Tables going out (CSV, XLSX, JSON) and coming in, safe for a spreadsheet and bounded for a server."""
